import t from 'tap';
import { SANDBOX_DECLINED } from '../../../src/adapters/embedded/payment-gateway.js';
import { openShop } from '../../fixtures/shop.js';

const shop = await openShop({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => shop.close());

interface Row {
  readonly id: string;
  readonly statuses: readonly string[];
  readonly openedAt: string;
}
interface Page {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
  readonly totals?: Record<string, unknown>;
}

const search = (what: 'payments' | 'coupons', query: Record<string, string> = {}) => shop.read<Page>(`/audit/${what}?${new URLSearchParams(query)}`);
const ids = async (query: Record<string, string>): Promise<readonly string[]> => (await search('payments', query)).data.map(({ id }) => id);

const [cheap, dear] = [await shop.course(12.5), await shop.course(100, { title: 'Canons' })];
const couponId = await shop.coupon();
const buy = async (by: typeof shop.sam, course: string, fields: object): Promise<string> => {
  shop.clock.advance(60_000);
  const { status, body } = await shop.send(by, 'POST', '/payments', { ...shop.purchase([course]), userId: by.id, ...fields });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
const first = await buy(shop.sam, cheap, { amount: 10, discountCode: 'SPRING' });
const second = await buy(shop.kim, cheap, {});
const third = await buy(shop.sam, dear, { amount: 100 });
const cash = await buy(shop.kim, dear, { amount: 100, paymentMethod: 'cash' });
await shop.settled();
await shop.send(shop.admin, 'PATCH', `/payments/${third}`, { status: 'refunded' });
await shop.send(shop.kim, 'DELETE', `/payments/${cash}`);
await shop.settled();

t.test('payments are found by each filter and by several at once', async (t) => {
  t.same(await ids({}), [cash, third, second, first], 'the newest first');
  t.same(await ids({ payer: shop.sam.id }), [third, first]);
  t.same(await ids({ course: dear }), [cash, third]);
  t.same(await ids({ code: 'spring' }), [first]);
  t.same(await ids({ status: 'refunded' }), [third]);
  t.same(await ids({ status: 'captured' }), [third, second, first]);
  t.same(await ids({ status: 'cancelled' }), [cash]);
  t.same(await ids({ amountFrom: '12.5', amountTo: '99.99' }), [second]);
  t.same(await ids({ amountTo: '12.49' }), [first]);
  t.same(await ids({ currency: 'usd', payer: shop.kim.id, course: dear }), [cash]);
  t.same(await ids({ currency: 'EUR' }), []);
  t.same(await ids({ actor: shop.admin.id }), [third], 'who asked for the refund');
  t.same(await ids({ reason: 'the sandbox declines this token' }), []);
  t.same(await ids({ id: first, payer: shop.sam.id }), [first]);
  t.same(await ids({ id: first, payer: shop.kim.id }), []);
  const { openedAt = '' } = (await search('payments', { id: second })).data[0] ?? {};
  t.same(await ids({ from: openedAt }), [cash, third, second]);
  t.same(await ids({ to: openedAt }), [second, first]);
  t.same(await ids({ to: '2020-01-01' }), []);
});

t.test('pages by cursor are the whole list, with and without filters', async (t) => {
  for (const query of [{}, { status: 'captured' }, { amountFrom: '11' }] as Record<string, string>[]) {
    const whole = await ids(query);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await search('payments', { ...query, limit: '1', ...(cursor === '' ? {} : { cursor }) });
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    t.same(paged, whole);
  }
});

t.test('totals are sums of decimals for each currency, and counts of each status', async (t) => {
  const { totals } = await search('payments', { totals: 'true', limit: '1' });
  t.strictSame(totals, {
    count: 4,
    statuses: { captured: 3, refunded: 1, cancelled: 1 },
    sums: [{ currency: 'USD', count: 4, amount: '222.50', captured: '122.50', refunded: '100.00' }],
    complete: true,
  });
  t.match((await search('payments', { totals: 'true', payer: shop.kim.id })).totals, { count: 2, sums: [{ amount: '112.50', captured: '12.50' }] });
  t.equal((await search('payments')).totals, undefined);
});

t.test('coupons are found by what they are and by who used them', async (t) => {
  const other = await shop.coupon({ code: 'FIVE', type: 'course_specific', courseId: cheap, value: 5, valueType: 'fixed', currency: 'USD' });
  await shop.send(shop.admin, 'DELETE', `/discounts/${other}`);
  await shop.settled();
  const found = async (query: Record<string, string>): Promise<readonly string[]> => (await search('coupons', query)).data.map(({ id }) => id);
  t.same(new Set(await found({})), new Set([couponId, other]));
  t.same(await found({ payer: shop.sam.id }), [couponId]);
  t.same(await found({ payer: shop.kim.id }), []);
  t.same(await found({ course: cheap }), [other]);
  t.same(await found({ code: 'five' }), [other]);
  t.same(await found({ status: 'withdrawn', actor: shop.admin.id }), [other]);
  t.same(await found({ amountFrom: '20' }), [couponId]);
  t.same(await found({ id: couponId }), [couponId]);
  const { totals, data } = await search('coupons', { totals: 'true', status: 'issued' });
  t.match(data, [{ id: couponId, code: 'SPRING', stream: 'coupon-SPRING', uses: { reserved: 0, redeemed: 1 }, given: { USD: '2.50' } }]);
  t.match(totals, { count: 1, statuses: { issued: 1 }, uses: { redeemed: 1 }, given: { USD: '2.50' }, complete: true });
});

t.test('a payment that was declined is found by the reason', async (t) => {
  const declined = await buy(shop.sam, await shop.course(30, { title: 'Rondos' }), { amount: 30, paymentToken: SANDBOX_DECLINED });
  await shop.settled();
  t.same(await ids({ reason: 'the sandbox declines this token' }), [declined]);
  t.same(await ids({ status: 'declined', reason: 'the sandbox declines this token', payer: shop.sam.id }), [declined]);
});

t.test('what can not be asked is refused', async (t) => {
  const status = async (query: string, who = shop.admin): Promise<number> => (await shop.send(who, 'GET', `/audit/payments?${query}`)).status;
  t.equal(await status('amountFrom=2&amountTo=1'), 400);
  t.equal(await status('cursor=nonsense'), 400);
  t.equal(await status('from=2026-13-01'), 400);
  t.equal(await status('status=lost'), 400);
  t.equal(await status('limit=101'), 400);
  t.equal(await status('', shop.sam), 403);
  const bulk = await shop.send(shop.sam, 'GET', '/audit/coupons');
  t.equal(bulk.status, 403);
});
