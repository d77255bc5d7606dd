import t from 'tap';
import type { ChatEvent } from '../../src/domain/chat/events.js';
import { chatsProjection } from '../../src/projections/chats/projection.js';
import { chatById, chatMessageById, chatsOf, messagesOf, threadsWrittenTo } from '../../src/projections/chats/queries.js';
import { onAccount } from './account-events.js';
import { courseCreated } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const at = (minute: number): string => `2026-03-01T12:${String(minute).padStart(2, '0')}:00.000Z`;
const onChat = (chatId: string, event: ChatEvent): Published => [`chat-${chatId}`, event];
const opened = (chatId: string, type: 'private' | 'course' | 'system', participants: string[], courseId: string | null = null, opening = 1): Published =>
  onChat(chatId, { type: 'ChatOpened', data: { chatId, type, participants, courseId, name: `Canary ${chatId}`, opening, openedBy: 'ada', openedAt: at(0) } });
const ended = (chatId: string, opening = 1): Published => onChat(chatId, { type: 'ChatEnded', data: { chatId, opening, endedBy: 'ada', endedAt: at(50) } });
const sent = (messageId: string, chatId: string, senderId: string, minute: number, opening = 1): Published => [
  `chatMessage-${messageId}`,
  { type: 'ChatMessageSent', data: { messageId, chatId, opening, senderId, clientMessageId: `canary-${messageId}`, text: `canary ${messageId}`, sentAt: at(minute) } },
];
const deleted = (accountId: string): Published => onAccount(accountId)({ type: 'AccountDeleted', data: { accountId, avatarFile: null, deletedAt: at(59) } });

const slice = { skip: 0, limit: 10 };
const reader = (accountId: string, courseIds: readonly string[] = [], isAdmin = false) => ({ accountId, isAdmin, courseIds });
const project = (...published: readonly Published[]) => new Projected(chatsProjection, recorded(published));
const listOf = async (readModels: Projected, ...who: Parameters<typeof reader>): Promise<readonly string[]> =>
  (await chatsOf(readModels, reader(...who), slice)).chats.map(({ chat, lastMessage }) => `${chat.id} ${lastMessage?.id ?? '-'}`);

t.test('a list has the chats of an account, the latest message first', async (t) => {
  const readModels = project(
    courseCreated('fugues', { instructorId: 'ada' }),
    ['course-fugues', { type: 'CourseEditorAdded', data: { courseId: 'fugues', editorId: 'eve', addedAt: at(0) } }],
    opened('pair', 'private', ['ada', 'sam']),
    opened('class', 'course', [], 'fugues'),
    opened('news', 'system', ['sam']),
    sent('m1', 'pair', 'ada', 1),
    sent('m2', 'class', 'ada', 2),
    sent('m3', 'pair', 'sam', 3),
  );
  t.same(await listOf(readModels, 'ada'), ['pair m3', 'class m2']);
  t.same(await listOf(readModels, 'eve'), ['class m2']);
  t.same(await listOf(readModels, 'sam', ['fugues', 'canons']), ['pair m3', 'class m2', 'news -']);
  t.same(await listOf(readModels, 'sam'), ['pair m3', 'news -']);
  t.same(await listOf(readModels, 'root', [], true), ['news -']);
  readModels.publish(recorded([['course-fugues', { type: 'CourseEditorRemoved', data: { courseId: 'fugues', editorId: 'eve', removedAt: at(4) } }]]));
  t.same(await listOf(readModels, 'eve'), []);
});

t.test('participants come and go', async (t) => {
  const changed: ChatEvent = { type: 'ChatParticipantsChanged', data: { chatId: 'news', added: ['eve'], removed: ['sam'], changedBy: 'root', changedAt: at(1) } };
  const renamed: ChatEvent = { type: 'ChatRenamed', data: { chatId: 'news', name: 'Old', renamedBy: 'root', renamedAt: at(1) } };
  const readModels = project(opened('news', 'system', ['sam', 'tom']), onChat('news', changed), onChat('news', renamed));
  t.match(await chatById(readModels, 'news'), { participants: ['tom', 'eve'], name: 'Old' });
  t.same(await listOf(readModels, 'sam'), []);
  t.same(await listOf(readModels, 'eve'), ['news -']);
});

t.test('an ended chat is gone with its messages; one opened again has its own', async (t) => {
  const readModels = project(opened('pair', 'private', ['ada', 'sam']), sent('m1', 'pair', 'ada', 1), ended('pair'));
  t.equal(await chatById(readModels, 'pair'), undefined);
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
  readModels.publish(recorded([opened('pair', 'private', ['ada', 'sam'], null, 2), sent('m2', 'pair', 'ada', 2, 2), sent('late', 'pair', 'ada', 3)]));
  t.match(await chatById(readModels, 'pair'), { lastMessageId: 'm2', thread: 'pair.2' });
  const found = await messagesOf(readModels, { thread: 'pair.2', order: 'newest', limit: 10 });
  t.same(found.map(({ id }) => id), ['m2']);
});

t.test('of a deleted account the texts are gone, and the names of its private chats', async (t) => {
  const readModels = project(
    opened('pair', 'private', ['ada', 'sam']),
    opened('news', 'system', ['ada', 'sam']),
    sent('m1', 'pair', 'ada', 1),
    sent('m2', 'pair', 'sam', 2),
    deleted('ada'),
    sent('m3', 'pair', 'ada', 3),
    ['chatMessage-m3', { type: 'ChatMessageForgotten', data: { messageId: 'm3', forgottenAt: at(4) } }],
  );
  for (const id of ['m1', 'm3']) t.match(await chatMessageById(readModels, id), { senderId: 'ada', text: null, clientMessageId: null });
  t.match(await chatMessageById(readModels, 'm2'), { text: 'canary m2' });
  t.match(await chatById(readModels, 'pair'), { name: null, participants: ['ada', 'sam'] });
  t.match(await chatById(readModels, 'news'), { name: 'Canary news', participants: ['sam'] });
});

t.test('messages are read in the order of the log, from a cursor and up to a position', async (t) => {
  const ids = Array.from({ length: 25 }, (_, index) => `m${index}`);
  // The times run backwards: they don't decide.
  const readModels = project(opened('pair', 'private', ['ada', 'sam']), ...ids.map((id, index) => sent(id, 'pair', 'ada', 40 - index)), sent('other', 'pair', 'ada', 1, 2));
  const read = async (range: object) => (await messagesOf(readModels, { thread: 'pair.1', order: 'oldest', limit: 100, ...range })).map(({ id }) => id);
  t.same(await read({}), ids);
  t.same(await read({ order: 'newest', limit: 3 }), ['m24', 'm23', 'm22']);
  t.same(await read({ order: 'newest', from: 4n, limit: 3 }), ['m1', 'm0']);
  t.same(await read({ from: 24n }), ['m23', 'm24']);
  t.same(await read({ from: 22n, upTo: 24n }), ['m21', 'm22']);
  t.same(await threadsWrittenTo(readModels, { after: 25n, upTo: 40n, limit: 10 }), { threads: new Set(['pair.1', 'pair.2']), last: 40n });
  t.same(await threadsWrittenTo(readModels, { after: 1n, upTo: 40n, limit: 10 }), { threads: new Set(['pair.1']), last: 11n });
});
