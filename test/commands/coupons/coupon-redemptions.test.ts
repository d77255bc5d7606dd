import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, handlerOver } from '../../fixtures/command-services.js';

const at = '2026-03-01T12:00:00.000Z';

t.test('pitfall 1: 10,000 concurrent redemptions of a coupon with 100 uses give exactly 100', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const handler = handlerOver(store, new FakeClock(at));
  const handle = (command: Parameters<typeof aggregates.coupon.decider.decide>[0]) => handler.handle(aggregates.coupon, 'HOT', command, contextFor());
  await handle({
    type: 'IssueCoupon',
    data: {
      couponId: 'k', code: 'HOT', issuedBy: 'a', at,
      terms: { kind: 'platform_wide', courseId: null, benefit: { type: 'percentage', percent: '10' }, applicableOn: 'both', maxUses: 100, expiresAt: null },
    },
  });
  const redeem = async (paymentId: string): Promise<string> => {
    const lines = [{ courseId: 'c', listPrice: '10.00' }];
    const reserved = await handle({
      type: 'ReserveCoupon',
      data: { paymentId, accountId: 's', lines, currency: 'USD', expectedDiscount: '1.00', holdUntil: '2026-03-01T12:15:00.000Z', at },
    });
    if (!reserved.ok) return reserved.rejection;
    const redeemed = await handle({ type: 'RedeemCoupon', data: { paymentId, at } });
    return redeemed.ok ? 'redeemed' : redeemed.rejection;
  };
  const outcomes = await Promise.all(Array.from({ length: 10_000 }, (_, n) => redeem(`p${n}`)));
  t.equal(outcomes.filter((outcome) => outcome === 'redeemed').length, 100);
  t.equal(outcomes.filter((outcome) => outcome === 'coupon-exhausted').length, 9_900);
  const types: string[] = [];
  for await (const { type } of store.readStream('coupon-HOT')) types.push(type);
  t.equal(types.filter((type) => type === 'CouponRedeemed').length, 100);
});
