import t from 'tap';
import { changeRecord } from '../../../src/commands/records/change-record.js';
import { createRecord } from '../../../src/commands/records/create-record.js';
import { deleteRecord } from '../../../src/commands/records/delete-record.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { paymentBilling } from '../../../src/domain/resources/payment-billing.js';
import { userAddress } from '../../../src/domain/resources/user-address.js';
import type { Actor } from '../../../src/commands/actor.js';
import { newWorld, signedUp, worldOver } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';
import { drawnUp, root } from '../../fixtures/courses.js';
import { kim, opened, wanted } from '../../fixtures/purchases.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

const home = { country: null, city: 'Bonn', address1: null, address2: null, zipCode: null, addressType: 'home' };

t.test('an address book is its own', async (t) => {
  const world = newWorld();
  const { services } = world;
  const ada = { accountId: await signedUp(world), role: null };
  const admin = { accountId: 'root', role: 'admin' } as const;
  const added = await createRecord(userAddress)(services)({ actor: ada, fields: home }, contextFor());
  const recordId = added.ok ? added.value.recordId : '';
  const address = { recordId, scope: ada.accountId };
  t.match(await changeRecord(userAddress)(services)({ ...address, actor: ada, fields: { city: 'Köln' } }, contextFor()), { ok: true });
  const unknown = { ok: false, rejection: 'record-not-found' };
  t.match(await changeRecord(userAddress)(services)({ ...address, actor: admin, fields: { city: 'Rom' } }, contextFor()), unknown);
  t.match(await changeRecord(userAddress)(services)({ ...address, scope: 'root', actor: admin, fields: { city: 'Rom' } }, contextFor()), unknown);
  t.match(await deleteRecord(userAddress)(services)({ ...address, actor: admin }, contextFor()), unknown);
  t.match(await deleteRecord(userAddress)(services)({ ...address, actor: ada }, contextFor()), { ok: true });
  t.match(await deleteRecord(userAddress)(services)({ ...address, actor: ada }, contextFor()), { ok: true }, 'gone is gone');
  t.match(await changeRecord(userAddress)(services)({ ...address, actor: ada, fields: { city: 'Ulm' } }, contextFor()), unknown);
  const nobody = { accountId: 'nobody', role: null };
  t.match(await createRecord(userAddress)(services)({ actor: nobody, fields: home }, contextFor()), {
    rejection: 'record-reference-missing',
    details: { field: 'ownerId' },
  });
});

t.test('the payer and admins put right who pays', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const world = worldOver(store);
  const { services } = world;
  const payer = { accountId: await signedUp(world), role: 'student' } as const;
  const paymentId = await opened(services, wanted([await drawnUp(services)], { method: 'card', actor: payer, payerId: payer.accountId }));
  const change = (actor: Actor, city: string) =>
    changeRecord(paymentBilling)(services)({ actor, recordId: paymentId, scope: null, fields: { city } }, contextFor());
  t.match(await change(kim, 'Rome'), { rejection: 'record-not-found' });
  t.match(await change(payer, 'Bonn'), { ok: true });
  t.match(await change(root, 'Köln'), { ok: true });
  const { state } = await services.handler.load(paymentBilling, paymentId);
  t.match(state.records.get(paymentId), { ownerId: payer.accountId, fields: { firstName: 'Sam', city: 'Köln' } });
});
