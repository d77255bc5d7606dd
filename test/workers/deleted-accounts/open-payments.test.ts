import t from 'tap';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { RecordedEvent } from '../../../src/ports/event-store.js';
import { deletedAccountsConsumer } from '../../../src/workers/deleted-accounts/forget-deleted-accounts.js';
import { openShop, type Shop } from '../../fixtures/shop.js';

const consumerOf = ({ services }: Shop) => {
  const { commands, readModels, progress, files, answers } = services;
  return deletedAccountsConsumer({ handler: commands.handler, clock: commands.clock, readModels, progress, files, answers });
};

const deletionOf = async (shop: Shop, accountId: string): Promise<RecordedEvent<DomainEvent>> => {
  const found = (await shop.events(`account-${accountId}`)).find(({ type }) => type === 'AccountDeleted');
  if (found === undefined) throw new Error('the account was not deleted');
  return found;
};

t.test('issue 9.27: the payments of a deleted account end at once, and free their seat and code', async (t) => {
  const shop = await openShop({ surfaces: ['marketplace', 'users'] });
  t.teardown(shop.close);
  const { admin, sam, kim, send, purchase } = shop;
  const course = await shop.course(12.5, { capacity: 1 });
  await shop.coupon({ maxUses: 1 });
  const cash = { paymentMethod: 'cash', discountCode: 'SPRING', amount: 10 };
  const { body: opened } = await send(sam, 'POST', '/payments', purchase([course], cash));
  t.equal(opened['status'], 'pending');
  t.equal((await send(kim, 'POST', '/payments', purchase([course], { ...cash, userId: kim.id }))).status, 409, 'seat and code are held');

  t.equal((await send(admin, 'DELETE', `/api/v2/user/delete-user/${sam.id}`)).status, 201);
  const deletion = await deletionOf(shop, sam.id);
  const consumer = consumerOf(shop);
  for (let time = 0; time < 2; time += 1) await consumer.handle(deletion);
  await shop.settled();

  const ends = (await shop.events(`payment-${String(opened['id'])}`)).filter(({ type }) => type === 'PaymentCancelled');
  t.match(ends, [{ data: { cancelledBy: sam.id, reason: 'the account was deleted' } }]);
  t.match(await send(admin, 'GET', `/payments/${String(opened['id'])}`), { body: { status: 'cancelled' } });
  t.match(await send(null, 'GET', `/courses/${course}`), { body: { seatsLeft: 1 } });
  t.equal((await send(kim, 'POST', '/payments', purchase([course], { ...cash, userId: kim.id }))).status, 201);
  t.match((await send(admin, 'POST', '/payments', purchase([await shop.course()]))).body, { code: 'account-not-found' }, 'nobody buys for it');
});

t.test('issue 9.27: a payment that is opened while its account is deleted ends, too', async (t) => {
  const shop = await openShop({ surfaces: ['marketplace', 'users'] });
  t.teardown(shop.close);
  const { admin, sam, send, purchase } = shop;
  const courses = await Promise.all(Array.from({ length: 6 }, () => shop.course(12.5, { capacity: 1 })));
  const purchases = courses.map((course) => send(sam, 'POST', '/payments', purchase([course], { paymentMethod: 'cash' })));
  const [deleted] = await Promise.all([send(admin, 'DELETE', `/api/v2/user/delete-user/${sam.id}`), ...purchases]);
  t.equal(deleted.status, 201);
  await consumerOf(shop).handle(await deletionOf(shop, sam.id));
  await shop.settled();
  for (const course of courses) t.match(await send(null, 'GET', `/courses/${course}`), { body: { seatsLeft: 1 } });
});
