import t from 'tap';
import { courseClient } from '../../fixtures/course-client.js';
import type { SignedUp } from '../../fixtures/test-app.js';

const { app, call, course } = await courseClient(t);
const ada = await app.signUp('instructor');
const eve = await app.signUp('instructor');
const sam = await app.signUp('student');
const kim = await app.signUp('student');
const admin = await app.signUp('admin');

const lesson = { title: 'Lesson', type: 'text', content: 'Two\nvoices', isPublished: true };

const add = async (courseId: string, fields: object = {}, as: SignedUp = ada): Promise<string> => {
  const answer = await call('POST', '/materials', as, { ...lesson, courseId, ...fields });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ id: string }>().id;
};
const statusFor = async (accounts: readonly (SignedUp | null)[], url: string) => {
  const statuses: number[] = [];
  for (const account of accounts) statuses.push((await call('GET', url, account)).statusCode);
  return statuses;
};
const idsFor = async (account: SignedUp, url: string) => (await call('GET', url, account)).json<{ data: { id: string }[] }>().data.map(({ id }) => id);
const freeCourse = async (fields: object = {}) => (await course(ada, { price: 0, ...fields })).id;

t.test('a material of each type is kept as it was sent, and shown at once', async (t) => {
  const courseId = await freeCourse();
  const url = 'https://media.example/a?b=c';
  for (const type of ['video', 'pdf', 'link', 'text']) {
    const sent = { courseId, title: `A ${type}`, description: 'What it\nis', type, content: url, order: 2.5, duration: 90, isPublished: true };
    const created = await call('POST', '/materials', ada, sent);
    t.equal(created.statusCode, 201);
    t.match(created.json(), sent);
    t.same((await call('GET', `/materials/${created.json<{ id: string }>().id}`, ada)).json(), created.json());
  }
  const small = await call('POST', '/materials', ada, { courseId, title: 'Small', type: 'text', content: 'x' });
  t.match(small.json(), { description: null, duration: null, order: 3, isPublished: false });
});

t.test('what is wrong is refused by the name of its field, on the way in and in a change', async (t) => {
  const courseId = await freeCourse();
  const before = (await app.events()).length;
  const wrong: readonly (readonly [string, unknown])[] = [
    ['title', undefined], ['title', ''], ['title', '  '], ['title', 'a\nb'], ['title', 'x'.repeat(201)], ['type', 'audio'], ['type', undefined],
    ['content', undefined], ['content', ''], ['content', 'x'.repeat(100_001)], ['content', 7], ['courseId', undefined],
    ['order', -1], ['order', '1'], ['order', null], ['duration', -1], ['duration', 'long'], ['isPublished', 'yes'], ['description', 'x'.repeat(5_001)],
  ];
  const refusedField = async (method: 'POST' | 'PATCH', url: string, body: object) => {
    const answer = await call(method, url, ada, body);
    return [answer.statusCode, ...(answer.json<{ errors?: { field: string }[] }>().errors ?? []).map(({ field }) => field)];
  };
  for (const [field, value] of wrong) t.same(await refusedField('POST', '/materials', { ...lesson, courseId, [field]: value }), [400, field], `${field} ${String(value).slice(0, 9)}`);
  for (const type of ['video', 'pdf', 'link']) {
    for (const content of ['a text', 'javascript:alert(1)', 'ftp://a.example', `https://a.example/${'x'.repeat(2_048)}`]) {
      t.same(await refusedField('POST', '/materials', { ...lesson, courseId, type, content }), [400, 'content'], `${type} ${content.slice(0, 20)}`);
    }
  }
  t.equal((await app.events()).length, before);
  t.match((await call('POST', '/materials', ada, { ...lesson, courseId: 'nowhere' })).json(), { status: 422, code: 'record-reference-missing' });

  const id = await add(courseId);
  t.same(await refusedField('PATCH', `/materials/${id}`, { type: 'video' }), [400, 'content'], 'a text is no video');
  t.same(await refusedField('PATCH', `/materials/${id}`, { title: ' ' }), [400, 'title']);
  t.match((await call('PATCH', `/materials/${id}`, ada, { type: 'video', content: 'https://a.example' })).json(), { type: 'video', title: lesson.title });
  t.same(await refusedField('PATCH', `/materials/${id}`, { content: 'a text' }), [400, 'content']);
});

t.test('editors write; students change nothing; strangers learn nothing', async (t) => {
  const courseId = await freeCourse();
  await call('POST', `/courses/${courseId}/enroll`, sam);
  t.equal((await call('POST', '/materials', eve, { ...lesson, courseId })).statusCode, 403);
  await call('POST', `/courses/${courseId}/editors`, ada, { editorId: eve.id });
  const id = await add(courseId, {}, eve);
  const url = `/materials/${id}`;
  t.equal((await call('PATCH', url, admin, { title: 'By an admin' })).statusCode, 200);
  t.equal((await call('POST', '/materials', null, { ...lesson, courseId })).statusCode, 401);
  t.equal((await call('POST', '/materials', sam, { ...lesson, courseId })).statusCode, 403);
  for (const method of ['PATCH', 'DELETE'] as const) {
    const body = method === 'PATCH' ? { title: 'Mine' } : undefined;
    t.equal((await call(method, url, null, body)).statusCode, 401);
    t.equal((await call(method, url, kim, body)).statusCode, 404);
    t.equal((await call(method, url, sam, body)).statusCode, 403);
  }
  const other = await freeCourse();
  t.match((await call('PATCH', url, ada, { courseId: other, isPublished: false })).json(), { title: 'By an admin', courseId, isPublished: false }, 'it stays in its course');
  t.equal((await call('PATCH', url, sam, { title: 'Mine' })).statusCode, 404, 'a student does not see what is unpublished');
  t.match((await call('DELETE', url, eve)).json(), { id, deleted: true });
  t.equal((await call('GET', url, ada)).statusCode, 404);
  t.match((await app.events(`material-${courseId}`)).map(({ type, metadata }) => [type, metadata.actorId]), [
    ['MaterialCreated', eve.id], ['MaterialChanged', admin.id], ['MaterialChanged', ada.id], ['MaterialDeleted', eve.id],
  ]);
});

t.test('who has the course reads what is published, who runs it all, and nobody else learns that it is there', async (t) => {
  const courseId = await freeCourse();
  const shown = await add(courseId);
  const hidden = await add(courseId, { isPublished: false });
  await call('POST', `/courses/${courseId}/enroll`, sam);
  const accounts = [ada, admin, sam, kim, eve, null];
  t.same(await statusFor(accounts, `/materials/${shown}`), [200, 200, 200, 404, 404, 401]);
  t.same(await statusFor(accounts, `/materials/${hidden}`), [200, 200, 404, 404, 404, 401]);
  t.same(await statusFor(accounts, `/materials/course/${courseId}`), [200, 200, 200, 404, 404, 401]);
  t.equal((await call('GET', '/materials/course/nowhere', kim)).body.replaceAll(/urn:[^"]*/g, ''), (await call('GET', `/materials/course/${courseId}`, kim)).body.replaceAll(/urn:[^"]*/g, ''));
  t.equal((await call('GET', '/materials/nothing', ada)).statusCode, 404);
  t.same(await idsFor(ada, `/materials/course/${courseId}`), [shown, hidden]);
  t.same(await idsFor(sam, `/materials/course/${courseId}`), [shown]);
  t.match((await call('GET', `/materials/course/${courseId}`, sam)).json(), { total: 1 });
});

t.test('what is in a course stays with those who have it when the course is off sale, and when it is deleted', async (t) => {
  const courseId = await freeCourse();
  const shown = await add(courseId);
  const hidden = await add(courseId, { isPublished: false });
  await call('POST', `/courses/${courseId}/enroll`, sam);
  await call('PATCH', `/courses/${courseId}`, ada, { isPublished: false });
  t.same(await idsFor(sam, `/materials/course/${courseId}`), [shown]);
  await call('DELETE', `/courses/${courseId}`, ada);
  const accounts = [sam, ada, admin, kim];
  t.same(await statusFor(accounts, `/materials/${shown}`), [200, 404, 200, 404]);
  t.same(await statusFor(accounts, `/materials/course/${courseId}`), [200, 404, 200, 404]);
  t.same(await statusFor([sam], `/materials/${hidden}`), [404]);
  t.ok((await idsFor(sam, '/materials')).includes(shown));
  t.notOk((await idsFor(ada, '/materials')).includes(shown));
  t.match((await call('POST', '/materials', ada, { ...lesson, courseId })).json(), { status: 422 });
  t.equal((await call('PATCH', `/materials/${shown}`, ada, { title: 'Too late' })).statusCode, 404);
});

t.test('they come in their order, the older first where it is equal; a new one comes last', async (t) => {
  const courseId = await freeCourse();
  const third = await add(courseId, { order: 3 });
  app.clock.advance(1_000);
  const alsoThird = await add(courseId, { order: 3 });
  const first = await add(courseId, { order: 0 });
  const last = await add(courseId);
  t.same(await idsFor(ada, `/materials/course/${courseId}`), [first, third, alsoThird, last]);
  t.same(await idsFor(ada, `/materials/course/${courseId}?page=2&limit=3`), [last]);
  await call('PATCH', `/materials/${last}`, ada, { order: 1 });
  t.same(await idsFor(ada, `/materials/course/${courseId}`), [first, last, third, alsoThird]);
  await add(courseId, { order: 1_000_000 });
  t.match((await call('POST', '/materials', ada, { ...lesson, courseId })).json(), { order: 1_000_000 }, 'there is a last place');
});

t.test('all materials are those of the courses that one runs or has', async (t) => {
  const { app, call, course } = await courseClient(t);
  const [ada, eve, sam, admin] = [await app.signUp('instructor'), await app.signUp('instructor'), await app.signUp('student'), await app.signUp('admin')];
  const made = new Map<string, string>();
  const material = async (name: string, courseId: string, isPublished: boolean) => {
    const answer = await call('POST', '/materials', admin, { ...lesson, title: name, courseId, isPublished });
    made.set(answer.json<{ id: string }>().id, name);
  };
  const namesFor = async (account: SignedUp) => {
    const { data, total } = (await call('GET', '/materials', account)).json<{ data: { id: string }[]; total: number }>();
    t.equal(total, data.length);
    return data.map(({ id }) => made.get(id)).toSorted();
  };
  const { id: fugues } = await course(ada, { price: 0 });
  const { id: canons } = await course(eve, { price: 0 });
  await material('fugue', fugues, true);
  await material('fugue draft', fugues, false);
  await material('canon', canons, true);
  await material('canon draft', canons, false);
  t.same(await namesFor(ada), ['fugue', 'fugue draft']);
  t.same(await namesFor(sam), []);
  await call('POST', `/courses/${fugues}/enroll`, sam);
  t.same(await namesFor(sam), ['fugue']);
  await call('POST', `/courses/${canons}/enroll`, ada);
  t.same(await namesFor(ada), ['canon', 'fugue', 'fugue draft'], 'who teaches one and takes the other');
  await call('POST', `/courses/${canons}/editors`, eve, { editorId: ada.id });
  t.same(await namesFor(ada), ['canon', 'canon draft', 'fugue', 'fugue draft']);
  t.same(await namesFor(admin), ['canon', 'canon draft', 'fugue', 'fugue draft']);
  t.equal((await call('GET', '/materials')).statusCode, 401);
  t.equal((await call('GET', '/materials?limit=1&page=2', ada)).json<{ data: object[] }>().data.length, 1);
});

t.test('20 identical posts at once are one material', async (t) => {
  const courseId = await freeCourse();
  const headers = { 'idempotency-key': 'the-one-material' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/materials', ada, { ...lesson, courseId }, headers)));
  t.equal(new Set(answers.filter(({ statusCode }) => statusCode === 201).map((answer) => answer.json<{ id: string }>().id)).size, 1);
  t.equal((await app.events(`material-${courseId}`)).length, 1);
});
