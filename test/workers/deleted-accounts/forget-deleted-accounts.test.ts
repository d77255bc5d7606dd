import { Readable } from 'node:stream';
import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { BillingData } from '../../../src/domain/invoice/events.js';
import type { FileStore } from '../../../src/ports/file-store.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { chatMessageById } from '../../../src/projections/chats/queries.js';
import { chatsProjection } from '../../../src/projections/chats/projection.js';
import { invoicesProjection } from '../../../src/projections/invoices/projection.js';
import { invoiceById } from '../../../src/projections/invoices/queries.js';
import { recordProjection } from '../../../src/projections/kernel/record-projection.js';
import { resources } from '../../../src/domain/resources/index.js';
import { deletedAccountsConsumer } from '../../../src/workers/deleted-accounts/forget-deleted-accounts.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryRecordedAnswers } from '../../doubles/memory-recorded-answers.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { handlerOver } from '../../fixtures/command-services.js';
import { billingData, invoiceContent } from '../../fixtures/invoices.js';
import { onAccount, registered } from '../../projections/account-events.js';
import { Projected, recorded, type Published } from '../../projections/projected.js';

const NAMESPACE = 'f0b7c0c0-7a54-4f7b-9a3e-0d6f1d1b2c33';
const at = '2026-03-02T10:00:00.000Z';
const billing: BillingData = { ...billingData, firstName: 'Canary', lastName: 'Canary', email: 'canary@example.org', address: 'Canary Street' };
const content = invoiceContent({ origin: 'manual', userId: 'ada' });
const billed = (paymentId: string, ownerId = 'ada'): Published => [
  `paymentBilling-${paymentId}`,
  { type: 'PaymentBillingCreated', data: { recordId: paymentId, ownerId, actorId: ownerId, fields: billing, createdAt: at } },
];
const addressed = (recordId: string, ownerId = 'ada'): Published => {
  const fields = { country: null, city: 'Canary City', address1: null, address2: null, zipCode: null, addressType: 'home' };
  return [`userAddress-${ownerId}`, { type: 'UserAddressCreated', data: { recordId, ownerId, actorId: ownerId, fields, createdAt: at } }];
};
const invoiced: Published = ['invoice-i1', { type: 'InvoiceRequested', data: { invoiceId: 'i1', content, billing, requestedAt: at } }];
const issued: Published = ['invoice-i1', { type: 'InvoiceIssued', data: { invoiceId: 'i1', invoiceNumber: 'INV-2026-000001', issuedAt: at } }];
const chatted = (chatId: string, name: string | null): Published => [
  `chat-${chatId}`,
  { type: 'ChatOpened', data: { chatId, type: 'private', participants: ['ada', 'bea'], courseId: null, name, opening: 1, openedBy: 'bea', openedAt: at } },
];
const wrote = (messageId: string, senderId: string): Published => [
  `chatMessage-${messageId}`,
  { type: 'ChatMessageSent', data: { messageId, chatId: 'c1', opening: 1, senderId, clientMessageId: 'canary-1', text: 'Canary', sentAt: at } },
];
const deleted = onAccount('ada')({ type: 'AccountDeleted', data: { accountId: 'ada', avatarFile: 'avatars/b.png', deletedAt: at } });
const pictured = (avatarFile: string, replacedFile: string | null) =>
  onAccount('ada')({
    type: 'AccountAvatarChanged',
    data: { accountId: 'ada', avatarFile, replacedFile, imageUrl: `/files/${avatarFile}`, changedAt: at },
  });

const worldOf = async (published: readonly Published[], behind = false) => {
  const store = new MemoryEventStore<DomainEvent>();
  for (const { stream, revision: _revision, position: _position, ...event } of recorded(published)) {
    await store.append(stream, 'any', [{ ...event, id: uuidV5(event.id, NAMESPACE) }]);
  }
  const readModels = new Projected([invoicesProjection, chatsProjection, ...Object.values(resources).map(recordProjection)]);
  const removed: string[] = [];
  const files: FileStore = {
    put: (key) => Promise.resolve({ key, contentType: '', size: 0, etag: '""' }),
    get: (key) => Promise.resolve({ key, contentType: '', size: 0, etag: '""', content: Readable.from([]) }),
    stat: (key) => Promise.resolve({ key, contentType: '', size: 0, etag: '""' }),
    delete: async (key) => void removed.push(key),
    async *list() {},
    check: () => Promise.resolve(),
  };
  const clock = new FakeClock();
  const answers = new MemoryRecordedAnswers();
  const consumer = deletedAccountsConsumer({
    handler: handlerOver(store, clock),
    clock,
    readModels,
    progress: { waitFor: () => Promise.resolve(!behind), reached: () => 0n, unavailable: () => [], lag: () => Promise.resolve([]) },
    files,
    answers,
  });
  const catchUp = async (): Promise<void> => {
    for await (const event of store.readAll()) readModels.publish([event]);
  };
  /** Each event twice, as a bus may. */
  const run = async (): Promise<void> => {
    await catchUp();
    for await (const event of store.readAll()) for (let time = 0; time < 2; time += 1) await consumer.handle(event);
    await catchUp();
  };
  return { run, readModels, removed, store, answers };
};

t.test('who paid and the address book are gone, also from invoices; the invoice stays', async (t) => {
  const { run, readModels, removed } = await worldOf([registered('ada'), billed('p1'), billed('p2'), addressed('a1'), addressed('a2'), invoiced, issued, deleted]);
  await run();
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
  t.match(await invoiceById(readModels, 'i1'), { invoiceNumber: 'INV-2026-000001', billing: null, content: { total: '12.00', userId: 'ada' } });
  t.same([...new Set(removed)], ['avatars/b.png']);
});

t.test('issue 9.31: a picture that was taken from an account is gone', async (t) => {
  const taken = onAccount('ada')({ type: 'AccountAvatarRemoved', data: { accountId: 'ada', removedFile: 'avatars/a.png', removedAt: at } });
  const { run, removed } = await worldOf([registered('ada', { avatarFile: 'avatars/a.png' }), taken]);
  await run();
  t.same([...new Set(removed)], ['avatars/a.png']);
});

t.test('also what was written while the account was being deleted', async (t) => {
  const { run, readModels } = await worldOf([registered('ada'), registered('bea'), deleted, billed('p1'), addressed('a1'), invoiced, chatted('c1', 'Canary'), wrote('m1', 'ada')]);
  await run();
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
});

t.test('what was answered to the account, or names it, is gone', async (t) => {
  const { run, answers } = await worldOf([registered('ada'), deleted]);
  const request = { fingerprint: 'one', receivedAt: new Date(at) };
  for (const [id, accountId, body] of [['own', 'ada', '{}'], ['naming', 'root', '{"id":"ada","name":"Canary"}'], ['other', 'bea', '{}']] as const) {
    await answers.receive({ ...request, id, accountId });
    await answers.record(id, { status: 200, headers: {}, body });
  }
  await run();
  t.notMatch(answers.contents(), /ada|canary/i);
  t.match(answers.contents(), /other/);
});

t.test('a name of a private chat that is given after the deletion is gone, and nothing else is recorded', async (t) => {
  const renamed = (name: string | null): Published => ['chat-c1', { type: 'ChatRenamed', data: { chatId: 'c1', name, renamedBy: 'bea', renamedAt: at } }];
  const { run, readModels, store } = await worldOf([registered('ada'), registered('bea'), chatted('c1', 'Canary'), wrote('m1', 'ada'), deleted, renamed('Canary')]);
  await run();
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
  const types: string[] = [];
  for await (const { type, stream } of store.readAll()) if (stream.startsWith('chat')) types.push(type);
  t.same(types.toSorted(), ['ChatMessageForgotten', 'ChatMessageSent', 'ChatOpened', 'ChatRenamed', 'ChatRenamed']);
});

t.test('nothing of others', async (t) => {
  const { run, readModels, removed } = await worldOf([registered('ada'), registered('bea'), billed('p1', 'bea'), addressed('a1', 'bea'), deleted, chatted('c1', null), wrote('m1', 'bea')]);
  await run();
  t.match(await chatMessageById(readModels, 'm1'), { text: 'Canary' });
  t.match(JSON.stringify(readModels.contents()), /Canary Street.*Canary City|Canary City.*Canary Street/);
  t.match(JSON.stringify(readModels.contents()), /canary/i);
  t.same([...new Set(removed)], ['avatars/b.png']);
});

t.test('a picture that was replaced is removed, but never the one in use', async (t) => {
  const { run, removed } = await worldOf([registered('ada'), pictured('a.png', null), pictured('b.png', 'a.png'), pictured('a.png', 'b.png')]);
  await run();
  t.same([...new Set(removed)], ['b.png']);
});

const profiled = (type: 'ProfileCreated' | 'ProfileChanged', logoFile: string, removedFiles?: readonly string[]): Published => {
  const data = { recordId: 'ada', ownerId: 'ada', actorId: 'ada', fields: { logoFile, bio: 'Canary' } };
  if (type === 'ProfileCreated') return ['profile-ada', { type, data: { ...data, createdAt: at } }];
  return ['profile-ada', { type, data: { ...data, ...(removedFiles === undefined ? {} : { removedFiles: [...removedFiles] }), changedAt: at } }];
};

t.test('the logo of a profile goes with the account, and one that was replaced before', async (t) => {
  const { run, removed, readModels } = await worldOf([registered('ada'), profiled('ProfileCreated', 'logos/a.png'), profiled('ProfileChanged', 'logos/b.png', ['logos/a.png'])]);
  await run();
  t.same([...new Set(removed)], ['logos/a.png'], 'the one in use stays');
  t.match(JSON.stringify(readModels.contents()), /Canary/);
  const world = await worldOf([registered('ada'), profiled('ProfileCreated', 'logos/a.png'), profiled('ProfileChanged', 'logos/b.png', ['logos/a.png']), deleted]);
  await world.run();
  await world.run();
  t.same([...new Set(world.removed)].toSorted(), ['avatars/b.png', 'logos/a.png', 'logos/b.png']);
  t.notMatch(JSON.stringify(world.readModels.contents()), /canary/i);
});

t.test('the logo of a profile that was made while the account was being deleted is gone', async (t) => {
  const { run, removed, readModels } = await worldOf([registered('ada'), deleted, profiled('ProfileCreated', 'logos/a.png')]);
  await run();
  await run();
  t.ok(removed.includes('logos/a.png'));
  t.notMatch(JSON.stringify(readModels.contents()), /canary/i);
});

t.test('while the read models are behind it is tried again', async (t) => {
  const { run } = await worldOf([registered('ada'), deleted], true);
  await t.rejects(run(), /behind/);
});
