import { randomUUID } from 'node:crypto';
import t from 'tap';
import { changeCoupon } from '../../../src/commands/coupons/change-coupon.js';
import { changeSoldCoupon, withdrawSoldCoupon } from '../../../src/commands/coupons/change-sold-coupon.js';
import { printCouponCode } from '../../../src/commands/coupons/coupon-code.js';
import { issueCoupon } from '../../../src/commands/coupons/issue-coupon.js';
import { sellCoupons } from '../../../src/commands/coupons/sell-coupons.js';
import { withdrawCoupon } from '../../../src/commands/coupons/withdraw-coupon.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { EventStoreUnavailable } from '../../../src/ports/event-store.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, bob, root } from '../../fixtures/courses.js';
import { dataOf, sold } from '../../fixtures/sold-coupons.js';

class DyingLog extends MemoryEventStore<DomainEvent> {
  left = Infinity;

  override append(...given: Parameters<MemoryEventStore<DomainEvent>['append']>): ReturnType<MemoryEventStore<DomainEvent>['append']> {
    this.left -= 1;
    return this.left < 0 ? Promise.reject(new EventStoreUnavailable('died')) : super.append(...given);
  }
}

const sell = (store: MemoryEventStore<DomainEvent>, commandId: string, count = 120) =>
  sellCoupons(servicesOver(store))({ teacherId: 'ada', count, price: '9.50' }, contextFor(commandId));
const codesIn = async (store: MemoryEventStore<DomainEvent>) => (await dataOf(store, 'CouponIssued')).map(({ code }) => code);

t.test('what a process that died left out is issued by the repeat, and nothing twice', async (t) => {
  const [store, other, commandId] = [new DyingLog(), new MemoryEventStore<DomainEvent>(), randomUUID()];
  store.left = 70;
  await t.rejects(sell(store, commandId), EventStoreUnavailable);
  const first = await codesIn(store);
  t.ok(first.length > 0 && first.length < 120);
  store.left = Infinity;
  const repeated = await sell(store, commandId);
  t.match(repeated, { ok: true });
  const codes = await codesIn(store);
  t.same([codes.length, new Set(codes).size], [120, 120]);
  t.match(await sell(store, commandId), { ok: true, value: repeated.ok ? repeated.value : [] });
  t.equal((await codesIn(store)).length, 120);
  await sell(other, commandId);
  t.same((await codesIn(other)).toSorted(), codes.toSorted(), 'codes follow from the command');
});

t.test('a code that is taken is left alone', async (t) => {
  const [store, commandId] = [new MemoryEventStore<DomainEvent>(), randomUUID()];
  const services = servicesOver(store);
  const code = printCouponCode(services.keys, commandId, '0.1');
  const discount = { kind: 'platform_wide', courseId: null, valueType: 'percentage', value: '10', applicableOn: 'both', maxUses: null, expiresAt: null } as const;
  t.match(await issueCoupon(services)({ actor: root, code, ...discount }, contextFor()), { ok: true });
  for (let time = 0; time < 2; time += 1) {
    t.match(await sell(store, commandId, 1), { ok: true });
    t.same(await codesIn(store), [code, printCouponCode(services.keys, commandId, '0.2')]);
  }
});

t.test('codes do not tell of each other', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const commandId = randomUUID();
  const [one, other] = [servicesOver(store).keys, servicesOver(store, { keys: { ...servicesOver(store).keys, sign: () => Buffer.alloc(32, 7), seal: () => '', unseal: () => undefined } }).keys];
  t.not(printCouponCode(one, commandId, '0.1'), printCouponCode(other, commandId, '0.1'), 'they follow from a secret');
  t.not(printCouponCode(one, commandId, '0.1'), printCouponCode(one, commandId, '1.1'));
  t.not(printCouponCode(one, commandId, '0.1'), printCouponCode(one, randomUUID(), '0.1'));
});

t.test('only its teacher and admins change a coupon, each kind by its own use cases', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const [code = ''] = await sold(services, store);
  const none = { ok: false, rejection: 'coupon-not-issued' };
  for (const actor of [ada, root]) {
    t.match(await changeCoupon(services)({ actor, code, changes: { maxUses: 5 } }, contextFor()), none);
    t.match(await withdrawCoupon(services)({ actor, code }, contextFor()), none);
  }
  t.match(await changeSoldCoupon(services)({ actor: bob, code, changes: { maxUses: 5 } }, contextFor()), { ok: false, rejection: 'coupon-not-permitted' });
  t.match(await withdrawSoldCoupon(services)({ actor: bob, code }, contextFor()), { ok: false, rejection: 'coupon-not-permitted' });
  const discount = { kind: 'platform_wide', courseId: null, valueType: 'percentage', value: '10', applicableOn: 'both', maxUses: null, expiresAt: null } as const;
  t.match(await issueCoupon(services)({ actor: root, code: 'SPRING', ...discount }, contextFor()), { ok: true });
  t.match(await changeSoldCoupon(services)({ actor: root, code: 'SPRING', changes: { maxUses: 5 } }, contextFor()), none);
  t.match(await withdrawSoldCoupon(services)({ actor: root, code: 'SPRING' }, contextFor()), none);
  t.match(await issueCoupon(services)({ actor: root, code, ...discount }, contextFor()), { ok: false, rejection: 'coupon-code-taken' });
});

t.test('two changes at once do not undo each other', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const [code = ''] = await sold(services, store);
  await Promise.all([{ maxUses: 5 }, { price: '1.00' }, { isActive: false }].map((changes) => changeSoldCoupon(services)({ actor: ada, code, changes }, contextFor())));
  t.match((await dataOf(store, 'CouponTermsChanged')).at(-1), { terms: { maxUses: 5, isActive: false, benefit: { price: '1.00' } } });
});
