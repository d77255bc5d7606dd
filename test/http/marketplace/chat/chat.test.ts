import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { chatMessages, chats } from '../../../../src/projections/chats/document.js';
import { courseClient } from '../../../fixtures/course-client.js';
import { createTestApp, type SignedUp } from '../../../fixtures/test-app.js';

const { app, call, course } = await courseClient(t);

type ChatJson = { id: string; lastMessage: object | null; participants: string[] };
type MessageJson = { id: string; text: string; position: string };
type MessagePageJson = { data: MessageJson[]; nextCursor: string | null };

const pair = async (): Promise<{ sam: SignedUp; tom: SignedUp; chatId: string }> => {
  const [sam, tom] = [await app.signUp('student'), await app.signUp('student')];
  const opened = await call('POST', '/chat', sam, { type: 'private', participants: [tom.id] });
  return { sam, tom, chatId: opened.json<ChatJson>().id };
};
const send = (chatId: string, by: SignedUp, text: string, more: object = {}, headers: Record<string, string> = {}) =>
  call('POST', `/chat/${chatId}/messages`, by, { text, ...more }, headers);
const statuses = async (answers: readonly Promise<LightMyRequestResponse>[]): Promise<readonly number[]> => {
  const found: number[] = [];
  for (const answer of answers) found.push((await answer).statusCode);
  return found;
};
const listed = async (who: SignedUp): Promise<readonly ChatJson[]> => (await call('GET', '/chat', who)).json<{ data: ChatJson[] }>().data;

void t.test('two people have one private chat, whoever opens it', async (t) => {
  const [sam, tom] = [await app.signUp('student'), await app.signUp('student')];
  const opened = await call('POST', '/chat', sam, { type: 'private', participants: [tom.id], name: 'Us' });
  t.equal(opened.statusCode, 201);
  t.match(opened.headers, { 'x-position': /^\d+$/ });
  t.match(opened.json(), { type: 'private', name: 'Us', courseId: null, createdBy: sam.id, lastMessage: null });
  const [first, second] = opened.json<ChatJson>().participants;
  t.same(new Set([first, second]), new Set([sam.id, tom.id]));
  const again = await call('POST', '/chat', tom, { type: 'private', participants: [sam.id, tom.id], name: 'Other' });
  t.equal(again.statusCode, 201);
  t.same(again.json(), opened.json());
  const { id } = opened.json<ChatJson>();
  for (const person of [sam, tom]) {
    t.same((await call('GET', `/chat/${id}`, person)).json(), opened.json());
    t.same(await listed(person), [opened.json()]);
  }
  const [event] = await app.events(`chat-${id}`);
  t.match(event, { type: 'ChatOpened', metadata: { actorId: sam.id } });
});

void t.test('200 requests at once make one chat', async (t) => {
  const [sam, tom] = [await app.signUp('student'), await app.signUp('student')];
  const ask = (by: SignedUp, other: SignedUp) => call('POST', '/chat', by, { type: 'private', participants: [other.id] });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? ask(sam, tom) : ask(tom, sam))));
  t.same(new Set(answers.map(({ statusCode }) => statusCode)), new Set([201]));
  const ids = new Set(answers.map((answer) => answer.json<ChatJson>().id));
  t.equal(ids.size, 1);
  t.equal((await app.events(`chat-${[...ids].join()}`)).length, 1);
});

void t.test('what can’t be opened says why', async (t) => {
  const [sam, ivo] = [await app.signUp('student'), await app.signUp('instructor')];
  const { id: courseId } = await course(ivo);
  const tries = [
    [sam, { type: 'private', participants: ['nobody'] }, 404, 'account-not-found'],
    [sam, { type: 'private', participants: [] }, 422, 'chat-needs-two'],
    [sam, { type: 'private', participants: [sam.id] }, 422, 'chat-needs-two'],
    [sam, { type: 'private', participants: [ivo.id, 'x'] }, 422, 'chat-needs-two'],
    [sam, { type: 'private', participants: [ivo.id], courseId }, 400, 'validation-failed'],
    [sam, { type: 'private' }, 400, 'validation-failed'],
    [sam, { type: 'group', participants: [] }, 400, 'validation-failed'],
    [sam, { type: 'private', participants: [ivo.id], name: 'two\nlines' }, 400, 'validation-failed'],
    [sam, { type: 'course', participants: [], courseId }, 403, 'not-course-editor'],
    [ivo, { type: 'course', participants: [] }, 400, 'validation-failed'],
    [ivo, { type: 'course', participants: [], courseId: 'none' }, 404, 'course-not-found'],
    [ivo, { type: 'system', participants: [] }, 403, 'chat-not-permitted'],
  ] as const;
  for (const [by, body, status, code] of tries) t.match((await call('POST', '/chat', by, body)).json(), { status, code }, JSON.stringify(body));
  t.equal((await call('POST', '/chat', null, { type: 'private', participants: [sam.id] })).statusCode, 401);
});

void t.test('a private chat exists for its two people only, admins included', async (t) => {
  const { sam, tom, chatId } = await pair();
  const [eve, root] = [await app.signUp('student'), await app.signUp('admin')];
  await send(chatId, sam, 'Between us');
  for (const other of [eve, root]) {
    t.same(
      await statuses([
        call('GET', `/chat/${chatId}`, other),
        call('GET', `/chat/${chatId}/messages`, other),
        call('GET', `/chat/${chatId}/events`, other),
        send(chatId, other, 'Hello'),
        call('PATCH', `/chat/${chatId}`, other, { name: 'Mine' }),
        call('DELETE', `/chat/${chatId}`, other),
      ]),
      [404, 404, 404, 404, 404, 404],
    );
    t.same((await call('GET', `/chat/${chatId}`, other)).json<{ detail: string }>().detail, (await call('GET', '/chat/none', other)).json<{ detail: string }>().detail);
    t.notMatch((await call('GET', '/chat', other)).body, chatId);
  }
  for (const path of ['', '/messages', '/events']) t.equal((await call('GET', `/chat/${chatId}${path}`)).statusCode, 401);
  t.match(await listed(tom), [{ id: chatId, lastMessage: { text: 'Between us', senderId: sam.id } }]);
});

void t.test('a private chat gets a name, and never other people', async (t) => {
  const { sam, tom, chatId } = await pair();
  const eve = await app.signUp('student');
  const change = (by: SignedUp, body: object) => call('PATCH', `/chat/${chatId}`, by, body);
  t.match((await change(tom, { name: 'Us', type: 'private', participants: [tom.id, sam.id] })).json(), { name: 'Us' });
  t.match((await change(sam, { name: null })).json(), { name: null });
  for (const body of [{ participants: [sam.id, tom.id, eve.id] }, { participants: [sam.id, eve.id] }, { type: 'system' }, { courseId: 'x' }]) {
    t.match((await change(sam, body)).json(), { status: 422, code: 'chat-field-fixed' });
  }
  t.equal((await change(sam, { type: 'group' })).statusCode, 400);
  t.equal((await call('GET', `/chat/${chatId}`, eve)).statusCode, 404);
});

void t.test('messages: once for a client message id, in the order of the log, in pages that skip nothing', async (t) => {
  const { sam, tom, chatId } = await pair();
  const sent = await send(chatId, sam, 'one\n\ttwo', { clientMessageId: 'c1' });
  t.equal(sent.statusCode, 201);
  const first = sent.json<MessageJson>();
  t.match(first, { chatId, senderId: sam.id, text: 'one\n\ttwo', clientMessageId: 'c1' });
  t.equal(sent.headers['x-position'], first.position);
  const doubles = await Promise.all(Array.from({ length: 50 }, () => send(chatId, sam, 'one\n\ttwo', { clientMessageId: 'c1' })));
  t.ok(doubles.every((double) => double.statusCode === 201 && double.body === sent.body));
  t.match((await send(chatId, sam, 'other', { clientMessageId: 'c1' })).json(), { status: 409, code: 'chat-message-id-reused', errors: [{ field: 'clientMessageId' }] });
  const keyed = await statuses([1, 2].map(() => send(chatId, tom, 'keyed', {}, { 'idempotency-key': 'a-key' })));
  t.same(keyed, [201, 201]);
  for (let index = 0; index < 5; index += 1) await send(chatId, tom, `m${index}`);

  const page = async (query: string) => (await call('GET', `/chat/${chatId}/messages?${query}`, tom)).json<MessagePageJson>();
  const all = ['m4', 'm3', 'm2', 'm1', 'm0', 'keyed', 'one\n\ttwo'];
  t.same((await page('')).data.map(({ text }) => text), all);
  t.equal((await page('')).nextCursor, null);
  t.equal((await page('limit=7')).nextCursor, null);
  t.same((await page('order=oldest&limit=1000')).data.map(({ text }) => text), all.toReversed());
  for (const order of ['newest', 'oldest']) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { data, nextCursor }: MessagePageJson = await page(`order=${order}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...data.map(({ text }) => text));
      cursor = nextCursor;
    }
    t.same(seen, order === 'newest' ? all : all.toReversed());
  }
  t.same(await statuses(['cursor=x', 'limit=0', 'order=random', `cursor=${'9'.repeat(40)}`].map((query) => call('GET', `/chat/${chatId}/messages?${query}`, sam))), [400, 400, 400, 400]);
});

void t.test('a text is 1 to 4,000 characters, of which none is invisible', async (t) => {
  const { sam, chatId } = await pair();
  const wrong = ['', ' \n\t', 'x'.repeat(4_001), 'a\u0000', 'a\u001b[31m', 'a\r\nb', 'a\u2028b', 'a\u0085b'];
  for (const text of wrong) t.match((await send(chatId, sam, text)).json(), { status: 400, errors: [{ field: 'text' }] }, encodeURIComponent(text.slice(0, 10)));
  for (const text of ['x', '🎼'.repeat(4_000), '<b>not bold</b>']) t.match((await send(chatId, sam, text)).json(), { text });
  t.equal((await send(chatId, sam, 'x', { clientMessageId: 'two words' })).statusCode, 400);
});

void t.test('the chat of a course is for those who have it and who run it', async (t) => {
  const [ivo, eva, sam, root] = [await app.signUp('instructor'), await app.signUp('student'), await app.signUp('student'), await app.signUp('admin')];
  const { id: courseId } = await course(ivo, { price: 0 });
  await call('POST', `/courses/${courseId}/editors`, ivo, { editorId: eva.id });
  const ask = { type: 'course', participants: [sam.id], courseId, name: 'Fugues' };
  const opened = await call('POST', '/chat', eva, ask);
  const { id: chatId } = opened.json<ChatJson>();
  t.match(opened.json(), { type: 'course', courseId, participants: [], createdBy: eva.id });
  t.equal((await call('POST', '/chat', ivo, ask)).json<ChatJson>().id, chatId);
  t.equal((await call('POST', '/chat', root, ask)).json<ChatJson>().id, chatId);
  t.equal((await send(chatId, sam, 'Hello')).statusCode, 404, 'named, but not enrolled');
  t.same(await listed(sam), []);

  await call('POST', `/courses/${courseId}/enroll`, sam);
  t.equal((await send(chatId, sam, 'Hello')).statusCode, 201);
  for (const member of [sam, ivo, eva]) t.match(await listed(member), [{ id: chatId, lastMessage: { text: 'Hello' } }]);
  t.equal((await call('GET', `/chat/${chatId}`, root)).statusCode, 200);
  t.same(await statuses([call('PATCH', `/chat/${chatId}`, sam, { name: 'x' }), call('DELETE', `/chat/${chatId}`, sam), call('DELETE', `/chat/${chatId}`, eva)]), [403, 403, 403]);
  t.match((await call('PATCH', `/chat/${chatId}`, eva, { name: 'Canons' })).json(), { name: 'Canons' });
  t.match((await call('PATCH', `/chat/${chatId}`, eva, { participants: [root.id] })).json(), { code: 'chat-field-fixed', details: { field: 'participants' } });

  await call('DELETE', `/courses/${courseId}/editors/${eva.id}`, ivo);
  t.equal((await call('GET', `/chat/${chatId}`, eva)).statusCode, 404);
  await call('DELETE', `/courses/${courseId}`, ivo);
  t.equal((await send(chatId, sam, 'Who has the course keeps its chat')).statusCode, 201);
  t.same((await call('DELETE', `/chat/${chatId}`, ivo)).json(), { id: chatId, deleted: true });
  t.equal((await call('GET', `/chat/${chatId}`, sam)).statusCode, 404);
  t.match((await call('POST', '/chat', ivo, ask)).json(), { code: 'course-not-found' });
});

void t.test('a system chat is read by its participants and written by admins', async (t) => {
  const [root, sam, eve] = [await app.signUp('admin'), await app.signUp('student'), await app.signUp('student')];
  const other = await app.signUp('admin');
  const ask = { type: 'system', participants: [sam.id, sam.id], name: 'News' };
  const opened = await call('POST', '/chat', root, ask);
  t.match(opened.json(), { participants: [sam.id] });
  const { id: chatId } = opened.json<ChatJson>();
  t.not((await call('POST', '/chat', root, ask)).json<ChatJson>().id, chatId, 'there are any number of them');
  const keyed = () => call('POST', '/chat', root, ask, { 'idempotency-key': 'news' });
  t.equal((await keyed()).json<ChatJson>().id, (await keyed()).json<ChatJson>().id);
  t.equal((await send(chatId, other, 'Welcome')).statusCode, 201);
  t.match((await send(chatId, sam, 'Thanks')).json(), { status: 403, code: 'chat-read-only' });
  t.match((await call('GET', `/chat/${chatId}/messages`, sam)).json(), { data: [{ text: 'Welcome' }] });
  t.equal((await call('GET', `/chat/${chatId}`, eve)).statusCode, 404);
  t.same(await statuses([call('PATCH', `/chat/${chatId}`, sam, { name: 'x' }), call('DELETE', `/chat/${chatId}`, sam)]), [403, 403]);
  t.match((await call('PATCH', `/chat/${chatId}`, other, { participants: [eve.id] })).json(), { participants: [eve.id] });
  t.match((await call('PATCH', `/chat/${chatId}`, other, { participants: ['nobody'] })).json(), { code: 'account-not-found' });
  t.equal((await call('GET', `/chat/${chatId}`, sam)).statusCode, 404);
  t.match(await listed(eve), [{ id: chatId }]);
  t.match(await listed(other), [{ type: 'system' }], 'admins see those of others');
});

void t.test('a private chat ends for both, and begins again without its messages', async (t) => {
  const { sam, tom, chatId } = await pair();
  await send(chatId, sam, 'Old');
  t.same((await call('DELETE', `/chat/${chatId}`, tom)).json(), { id: chatId, deleted: true });
  t.equal((await call('DELETE', `/chat/${chatId}`, tom)).statusCode, 404);
  for (const person of [sam, tom]) t.same(await listed(person), []);
  t.equal((await send(chatId, sam, 'Lost')).statusCode, 404);
  t.match((await call('POST', '/chat', sam, { type: 'private', participants: [tom.id] })).json(), { id: chatId, lastMessage: null });
  t.match((await call('GET', `/chat/${chatId}/messages`, tom)).json(), { data: [], nextCursor: null });
  t.same((await app.events(`chat-${chatId}`)).map(({ type }) => type), ['ChatOpened', 'ChatEnded', 'ChatOpened'], 'the log keeps it');
});

void t.test('sixty messages a minute are allowed for each account', async (t) => {
  const limited = await createTestApp({ surfaces: ['marketplace'], config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const [sam, tom] = [await limited.signUp('student'), await limited.signUp('student')];
  const opened = await limited.inject({ method: 'POST', url: '/chat', headers: sam.headers, payload: { type: 'private', participants: [tom.id] } });
  const url = `/chat/${opened.json<ChatJson>().id}/messages`;
  const write = async (by: SignedUp) => (await limited.inject({ method: 'POST', url, headers: by.headers, payload: { text: 'Hello' } })).statusCode;
  for (let index = 0; index < 60; index += 1) t.equal(await write(sam), 201);
  t.equal(await write(sam), 429);
  t.equal(await write(tom), 201);
  limited.clock.advance(60_000);
  t.equal(await write(sam), 201);
});

void t.test('the feed is not opened by HEAD, and its cursor is checked', async (t) => {
  const { sam, chatId } = await pair();
  t.equal((await app.inject({ method: 'HEAD', url: `/chat/${chatId}/events`, headers: sam.headers })).statusCode, 405);
  t.equal((await call('GET', `/chat/${chatId}/events?after=x`, sam)).statusCode, 400);
  t.equal((await call('GET', `/chat/${chatId}/events`, sam, undefined, { 'last-event-id': 'x' })).statusCode, 400);
});

void t.test('a replay of the log gives the same chats and messages', async (t) => {
  const read = async (from: typeof app) => {
    const { readModels } = from.services;
    return [await readModels.find(chats, {}), await readModels.find(chatMessages, {})];
  };
  const replayed = await createTestApp({ surfaces: [], store: app.store });
  t.teardown(() => replayed.close());
  await replayed.caughtUp();
  const [all = [], messages = []] = await read(app);
  t.ok(all.length > 5 && messages.length > 5);
  t.same(await read(replayed), [all, messages]);
});
