import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { ReadModels } from '../../src/ports/read-models.js';
import { accountsProjection } from '../../src/projections/accounts/projection.js';
import { accountById } from '../../src/projections/accounts/queries.js';
import { uuidV5 } from '../../src/primitives/uuid-v5.js';
import { removeUnactivatedPictures, runUnactivatedPictures } from '../../src/workers/unactivated-pictures.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { handlerOver } from '../fixtures/command-services.js';
import { at, later, onAccount, registered } from '../projections/account-events.js';
import { Projected, recorded, type Published } from '../projections/projected.js';

const NAMESPACE = '0a1d8f52-5f0e-5e7c-8a8e-6c1b9be0b7d4';
const DAY_MS = 24 * 60 * 60_000;

const pictured = (accountId: string): Published => registered(accountId, { avatarFile: `avatars/${accountId}.png`, imageUrl: `/files/${accountId}.png` });
const verified = (accountId: string): Published =>
  onAccount(accountId)({ type: 'AccountEmailVerified', data: { accountId, email: `${accountId}@example.com`, verifiedAt: later } });

const worldOf = async (published: readonly Published[]) => {
  const store = new MemoryEventStore<DomainEvent>();
  for (const { stream, revision: _revision, position: _position, ...event } of recorded(published)) {
    await store.append(stream, 'any', [{ ...event, id: uuidV5(event.id, NAMESPACE) }]);
  }
  const readModels = new Projected(accountsProjection);
  let seen = 0n;
  const catchUp = async (): Promise<void> => {
    for await (const event of store.readAll({ after: seen })) {
      readModels.publish([event]);
      seen = event.position;
    }
  };
  await catchUp();
  const clock = new FakeClock(at);
  const taken = async (): Promise<readonly string[]> => {
    const accounts: string[] = [];
    for await (const { type, data } of store.readAll()) if (type === 'AccountAvatarRemoved') accounts.push(data.accountId);
    return accounts;
  };
  return { services: { handler: handlerOver(store, clock), clock, readModels }, clock, catchUp, taken, readModels };
};

t.test('issue 9.31: a picture goes after a day in which nobody activated its account, once', async (t) => {
  const { services, clock, catchUp, taken, readModels } = await worldOf([pictured('ada'), pictured('bea'), verified('bea'), registered('cas')]);
  clock.advance(DAY_MS - 1);
  t.equal(await removeUnactivatedPictures(services), 0);
  clock.advance(1);
  t.equal(await removeUnactivatedPictures(services), 1);
  t.equal(await removeUnactivatedPictures(services), 1, 'the read model is behind');
  t.same(await taken(), ['ada']);
  await catchUp();
  t.equal(await removeUnactivatedPictures(services), 0);
  t.match(await accountById(readModels, 'ada'), { avatarFile: null, imageUrl: null });
  t.match(await accountById(readModels, 'bea'), { avatarFile: 'avatars/bea.png' });
});

t.test('issue 9.31: it goes on every hour, and after a failure', async (t) => {
  const { services, clock, catchUp, taken } = await worldOf([pictured('ada')]);
  const stopping = new AbortController();
  const failures: string[] = [];
  let failing = true;
  const { readModels: found } = services;
  const readModels: ReadModels = {
    get: (collection, id) => found.get(collection, id),
    getMany: (collection, ids) => found.getMany(collection, ids),
    count: (collection, filter) => found.count(collection, filter),
    find: (collection, query) => (failing ? Promise.reject(new Error('away')) : found.find(collection, query)),
  };
  const running = runUnactivatedPictures({ ...services, readModels, onFailure: (worker) => failures.push(worker) }, stopping.signal);
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  };
  await turns();
  t.same(failures, ['unactivated-pictures']);
  failing = false;
  clock.advance(DAY_MS);
  await turns();
  t.same(await taken(), ['ada']);
  await catchUp();
  stopping.abort();
  await running;
});
