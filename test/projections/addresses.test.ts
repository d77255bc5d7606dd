import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { addressesProjection } from '../../src/projections/addresses/projection.js';
import { addressesOf } from '../../src/projections/addresses/queries.js';
import { Projected, recorded } from './projected.js';

const at = '2026-03-01T10:00:00.000Z';
const later = '2026-03-02T10:00:00.000Z';
const home = { country: 'DE', city: 'Bonn', address1: 'Street 1', address2: null, zipCode: '01234', addressType: 'home' };
const added = (recordId: string): DomainEvent => ({ type: 'UserAddressCreated', data: { recordId, ownerId: 'ada', actorId: 'ada', fields: home, createdAt: at } });
const moved: DomainEvent = { type: 'UserAddressChanged', data: { recordId: 'one', ownerId: 'ada', actorId: 'ada', fields: { city: 'Köln' }, changedAt: later } };
const removed: DomainEvent = { type: 'UserAddressDeleted', data: { recordId: 'one', ownerId: 'ada', actorId: 'ada', deletedAt: later } };
const accountDeleted: DomainEvent = { type: 'AccountDeleted', data: { accountId: 'ada', avatarFile: null, deletedAt: later } };
const projected = (...events: readonly DomainEvent[]) =>
  new Projected(addressesProjection, recorded(events.map((event) => ['stream-1', event])));

t.test('an address book is in the order of adding', async (t) => {
  const readModels = projected(added('two'), added('one'), moved);
  t.same(await addressesOf(readModels, 'ada'), [
    { ...home, addressId: 'two', createdAt: at, updatedAt: at },
    { ...home, addressId: 'one', city: 'Köln', createdAt: at, updatedAt: later },
  ]);
  t.same(await addressesOf(readModels, 'bea'), []);
});

t.test('an address that was removed is not in it', async (t) => {
  t.match(await addressesOf(projected(added('one'), added('two'), removed), 'ada'), [{ addressId: 'two' }]);
});

t.test('each event counts once', async (t) => {
  t.same(projected(added('one'), added('one'), moved, moved).contents(), projected(added('one'), moved).contents());
});

t.test('nothing is left of a deleted account, not even of what was being added', async (t) => {
  const readModels = projected(added('one'), accountDeleted, added('two'));
  t.same(await addressesOf(readModels, 'ada'), []);
  t.notMatch(JSON.stringify(readModels.contents()), /Bonn|Street/);
});
