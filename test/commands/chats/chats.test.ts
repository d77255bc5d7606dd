import t from 'tap';
import { changeChat } from '../../../src/commands/chats/change-chat.js';
import { endChat } from '../../../src/commands/chats/end-chat.js';
import { openChat, type OpenChatInput } from '../../../src/commands/chats/open-chat.js';
import { sendMessage } from '../../../src/commands/chats/send-message.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { ada as instructor, drawnUp, root } from '../../fixtures/courses.js';
import { countOf, newWorld, signedUp, twoNodes, type World } from '../../fixtures/accounts.js';

const at = '2026-03-01T12:00:00.000Z';

const asPrivate = (from: string, to: string): OpenChatInput => ({ actor: { accountId: from, role: 'student' }, type: 'private', participants: [to], courseId: null, name: null });

const pairIn = async (world: World): Promise<readonly [string, string]> => [
  await signedUp(world, { email: 'sam@example.org' }),
  await signedUp(world, { email: 'tom@example.org' }),
];

const chatIdIn = (outcome: Awaited<ReturnType<ReturnType<typeof openChat>>>): string => {
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.chatId;
};

t.test('200 creations of the private chat of two people at once, by both, on two nodes, make one', async (t) => {
  const nodes = twoNodes();
  const [sam, tom] = await pairIn(nodes[0]);
  const tries = Array.from({ length: 200 }, (_, index) => {
    const { services } = nodes[index % 2 === 0 ? 0 : 1];
    return openChat(services)(index % 4 < 2 ? asPrivate(sam, tom) : asPrivate(tom, sam), contextFor());
  });
  const outcomes = await Promise.all(tries);
  t.equal(new Set(outcomes.map(chatIdIn)).size, 1);
  t.equal(outcomes.filter((outcome) => outcome.ok && outcome.changed).length, 1, 'one of them has opened it');
  t.equal(await countOf(nodes[0], 'ChatOpened'), 1);
});

t.test('50 sends with one client message id at once, on two nodes, are one message', async (t) => {
  const nodes = twoNodes();
  const [sam, tom] = await pairIn(nodes[0]);
  const chatId = chatIdIn(await openChat(nodes[0].services)(asPrivate(sam, tom), contextFor()));
  const send = (index: number, text: string, accountId = sam) =>
    sendMessage(nodes[index % 2 === 0 ? 0 : 1].services)({ actor: { accountId, role: 'student' }, chatId, text, clientMessageId: 'c1' }, contextFor());
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => send(index, 'Hello')));
  t.equal(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.messageId : outcome.rejection))).size, 1);
  t.equal(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.position : 0n))).size, 1);
  t.equal(await countOf(nodes[0], 'ChatMessageSent'), 1);
  t.match(await send(1, 'Another text'), { ok: false, rejection: 'chat-message-id-reused' });
  t.match(await send(1, 'Hello', tom), { ok: true }, 'the id of somebody else is another one');
  t.equal(await countOf(nodes[0], 'ChatMessageSent'), 2);
});

t.test('people of chats have an account', async (t) => {
  const world = newWorld();
  const [sam, tom] = await pairIn(world);
  await world.services.handler.handle(aggregates.account, tom, { type: 'DeleteAccount', data: { accountId: tom, at } }, contextFor());
  for (const nobody of ['nobody', tom]) t.match(await openChat(world.services)(asPrivate(sam, nobody), contextFor()), { rejection: 'account-not-found', details: { accountId: nobody } });
  t.match(await openChat(world.services)(asPrivate(sam, sam), contextFor()), { rejection: 'chat-needs-two' });
  const system = { actor: root, type: 'system', participants: [sam, tom], courseId: null, name: 'News' } as const;
  t.match(await openChat(world.services)(system, contextFor()), { rejection: 'account-not-found' });
  const chatId = chatIdIn(await openChat(world.services)({ ...system, participants: [sam] }, contextFor()));
  t.match(await changeChat(world.services)({ actor: root, chatId, changes: { participants: [sam, tom] } }, contextFor()), { rejection: 'account-not-found' });
  t.equal(await countOf(world, 'ChatOpened'), 1);
});

t.test('a chat that was ended is opened again without its messages: a client message id is new there', async (t) => {
  const world = newWorld();
  const [sam, tom] = await pairIn(world);
  const actor = { accountId: sam, role: 'student' } as const;
  const open = async () => chatIdIn(await openChat(world.services)(asPrivate(tom, sam), contextFor()));
  const chatId = await open();
  const send = (text: string) => sendMessage(world.services)({ actor, chatId, text, clientMessageId: 'c1' }, contextFor());
  t.match(await send('Hello'), { ok: true });
  const context = contextFor();
  t.match(await endChat(world.services)({ actor, chatId }, context), { ok: true, changed: true });
  t.match(await endChat(world.services)({ actor, chatId }, context), { ok: true, changed: true }, 'a repeat says the same');
  t.match(await endChat(world.services)({ actor, chatId }, contextFor()), { rejection: 'chat-not-found' });
  t.match(await send('Good bye'), { rejection: 'chat-not-found' });
  t.equal(await open(), chatId);
  t.match(await send('Good bye'), { ok: true });
  t.equal(await countOf(world, 'ChatMessageSent'), 2);
});

t.test('a course has one chat; its members follow from enrollment', async (t) => {
  const world = newWorld();
  const { services } = world;
  const sam = await signedUp(world, { email: 'sam@example.org' });
  const actor = { accountId: sam, role: 'student' } as const;
  const courseId = await drawnUp(services);
  const asCourse = (by: OpenChatInput['actor']): OpenChatInput => ({ actor: by, type: 'course', participants: [sam, 'nobody'], courseId, name: 'Fugues' });
  const open = (by: OpenChatInput['actor']) => openChat(services)(asCourse(by), contextFor());
  t.match(await open(actor), { rejection: 'not-course-editor' });
  t.match(await openChat(services)({ ...asCourse(instructor), courseId: 'none' }, contextFor()), { rejection: 'course-not-found' });
  const chatId = chatIdIn(await open(instructor));
  t.equal(chatIdIn(await open(root)), chatId);
  t.match(await open(actor), { rejection: 'not-course-editor' });
  const send = () => sendMessage(services)({ actor, chatId, text: 'Hello', clientMessageId: null }, contextFor());
  t.match(await send(), { rejection: 'chat-not-found' });
  const grant = { type: 'GrantAccess', data: { studentId: sam, courseId, grantId: 'g', source: 'free', at } } as const;
  await services.handler.handle(aggregates.enrollment, `${sam}.${courseId}`, grant, contextFor());
  t.match(await send(), { ok: true });
  t.equal(chatIdIn(await open(actor)), chatId, 'a student is shown the chat that is there');
  t.match(await changeChat(services)({ actor, chatId, changes: { name: 'Mine' } }, contextFor()), { rejection: 'chat-not-permitted' });
  t.match(await endChat(services)({ actor, chatId }, contextFor()), { rejection: 'chat-not-permitted' });
  const revoke = { type: 'RevokeAccess', data: { studentId: sam, courseId, grantId: 'g', reason: 'left', at } } as const;
  await services.handler.handle(aggregates.enrollment, `${sam}.${courseId}`, revoke, contextFor());
  t.match(await send(), { rejection: 'chat-not-found' });
});
