import t from 'tap';
import { openShop } from '../../fixtures/shop.js';
import type { SignedUp } from '../../fixtures/test-app.js';

const shop = await openShop({ surfaces: ['marketplace', 'audit', 'analytics'] });
t.teardown(() => shop.close());
const { admin, ada, sam, kim } = shop;

const bob = await shop.signUp('instructor');
const grace = await shop.signUp('student', 'Grace');
const cheap = await shop.course(12.5);
const dear = await shop.course(100, { title: 'Canons' });
await shop.coupon();
const today = (): string => shop.clock.now().toISOString().slice(0, 10);

const buy = async (by: SignedUp, course: string, fields: object): Promise<string> => {
  const { status, body } = await shop.send(by, 'POST', '/payments', { ...shop.purchase([course]), userId: by.id, ...fields });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body['id']);
};
await shop.send(sam, 'POST', '/cart/items', { courseId: cheap });
await buy(sam, cheap, { amount: 10, discountCode: 'SPRING' });
await buy(kim, cheap, {});
const third = await buy(sam, dear, { amount: 100 });
const cash = await buy(kim, dear, { amount: 100, paymentMethod: 'cash' });
await shop.settled();
await shop.send(admin, 'PATCH', `/payments/${third}`, { status: 'refunded' });
await shop.send(kim, 'DELETE', `/payments/${cash}`);
await shop.settled();

type Body = Readonly<Record<string, unknown>>;
const ask = async (by: SignedUp | null, path: string, query: Readonly<Record<string, string>> = {}): Promise<{ status: number; body: Body }> =>
  shop.send(by, 'GET', `/analytics/${path}?${new URLSearchParams(query)}`);
const text = async (path: string, query: Readonly<Record<string, string>>) =>
  shop.inject({ method: 'GET', url: `/analytics/${path}?${new URLSearchParams({ ...query, format: 'csv' })}`, headers: admin.headers });

const revenue = { currency: 'USD', gross: '125.00', discounts: '2.50', refunds: '100.00', net: '22.50', netWithCoupon: '10.00', netWithoutCoupon: '12.50', accessGiven: '0.00' };

t.test('a series has a point for each day, and totals of all', async (t) => {
  const { status, body } = await ask(admin, 'series', { from: today(), to: today() });
  t.equal(status, 200);
  t.match(body, { of: { dimension: 'all', key: null }, zone: 'UTC', unit: 'day' });
  const [point, ...others] = body['points'] as Body[];
  t.same(others, []);
  t.same(point?.['money'], [revenue]);
  t.match(point?.['counts'], { cartAdditions: 1, opened: 4, captured: 3, cancelled: 1, refundsPaid: 1, refundedInFull: 1, enrolled: 3, couponsReserved: 1, couponsRedeemed: 1 });
  t.same((body['totals'] as Body)['money'], [revenue]);
  t.equal(((await ask(admin, 'series')).body['points'] as Body[]).length, 30);
});

t.test('the period before stands beside it', async (t) => {
  const tomorrow = new Date(shop.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  const { body } = await ask(admin, 'series', { from: tomorrow, to: tomorrow, compare: 'previous' });
  t.same((body['totals'] as Body)['money'], []);
  t.match(body['previous'], { from: today(), to: today(), money: [revenue] });
  t.match((await ask(admin, 'funnel', { from: tomorrow, to: tomorrow, compare: 'previous' })).body, { funnel: { captured: 0 }, previous: { funnel: { captured: 3 } } });
});

t.test('figures are asked of one course, instructor, coupon or surface', async (t) => {
  const net = async (query: Readonly<Record<string, string>>) => ((((await ask(admin, 'series', query)).body['totals'] as Body)['money'] as Body[])[0] ?? {})['net'];
  t.equal(await net({ course: cheap }), '22.50');
  t.equal(await net({ course: dear }), '0.00');
  t.equal(await net({ instructor: ada.id }), '22.50');
  t.equal(await net({ coupon: 'spring' }), '10.00');
  t.equal(await net({ surface: 'marketplace' }), '22.50');
  t.equal(await net({ surface: 'academy' }), undefined);
});

t.test('top lists are ordered by an amount or a count', async (t) => {
  const keys = async (query: Readonly<Record<string, string>>) => ((await ask(admin, 'top', query)).body['items'] as Body[]).map(({ key }) => key);
  t.same(await keys({ by: 'gross' }), [dear, cheap]);
  t.same(await keys({ by: 'net' }), [cheap], 'what is nothing is in no list');
  t.same(await keys({ by: 'captured', limit: '1' }), [cheap]);
  t.same(await keys({ list: 'instructor' }), [ada.id]);
  t.same(await keys({ list: 'coupon', by: 'discounts' }), ['SPRING']);
  t.same(await keys({ instructor: ada.id, by: 'gross' }), [dear, cheap]);
  t.same(await keys({ instructor: bob.id }), []);
  t.same(await keys({ currency: 'eur' }), []);
  const names = async (list: string) => ((await ask(admin, 'top', { list, by: 'gross' })).body['items'] as Body[]).map(({ name }) => name);
  t.match(await names('course'), ['Canons', String], 'people know them by their titles');
  t.match(await names('instructor'), [/^Ada/i]);
  t.same(await names('surface'), [null]);
});

t.test('the funnel, and scores where nobody was graded', async (t) => {
  t.match((await ask(admin, 'funnel')).body, { funnel: { carts: 1, opened: 4, captured: 3, declined: 0, cancelled: 1, expired: 0, refunded: 1 } });
  const { body } = await ask(admin, 'scores');
  t.match(body, { graded: 0, passed: 0 });
  t.equal((body['bins'] as Body[]).length, 20);
});

t.test('tables for spreadsheets', async (t) => {
  const { body, headers } = await text('series', { from: today(), to: today() });
  t.match(headers['content-type'], 'text/csv');
  const [head = '', row = ''] = body.split('\r\n');
  const columns = head.split(',');
  const cells = row.split(',');
  t.equal(columns[0], 'start');
  t.equal(cells[columns.indexOf('net USD')], '22.50');
  t.equal(cells[columns.indexOf('captured')], '3');
  t.match((await text('top', { by: 'gross' })).body, new RegExp(`^key,name,.*\r\n${dear},\\w`));
  t.match((await text('funnel', {})).body, 'captured,3');
  t.match((await text('scores', {})).body, 'from,to,attempts\r\n0,5,0');
});

t.test('instructors see their own figures, and nobody those of others', async (t) => {
  const status = async (by: SignedUp | null, path: string, query: Readonly<Record<string, string>> = {}) => (await ask(by, path, query)).status;
  t.match((await ask(ada, 'series')).body, { of: { dimension: 'instructor', key: ada.id }, totals: { money: [revenue] } });
  t.match((await ask(bob, 'series')).body, { of: { dimension: 'instructor', key: bob.id }, totals: { money: [] } });
  t.equal(await status(ada, 'series', { course: cheap }), 200);
  t.equal(await status(bob, 'series', { course: cheap }), 404);
  t.equal(await status(bob, 'series', { instructor: ada.id }), 403);
  t.equal(await status(bob, 'series', { coupon: 'SPRING' }), 404);
  t.equal(await status(ada, 'top', { list: 'coupon' }), 400);
  t.equal(await status(ada, 'series', { surface: 'marketplace' }), 403);
  t.equal(await status(sam, 'series'), 403);
  t.equal(await status(sam, 'funnel', { course: cheap }), 404);
  t.equal(await status(sam, 'series', { organization: 'none' }), 403);
  t.equal(await status(null, 'series'), 401);
});

t.test('auditors see all', async (t) => {
  t.equal((await ask(grace, 'series')).status, 403);
  const made = await shop.inject({ method: 'PUT', url: `/audit/auditors/${grace.id}`, headers: admin.headers });
  t.ok(made.statusCode < 300, made.body);
  const login = await shop.send(null, 'POST', '/auth/login', { email: grace.email, password: grace.password });
  const token = String(login.body['accessToken'] ?? login.body['token']);
  const { statusCode } = await shop.inject({ url: '/analytics/series', headers: { authorization: `Bearer ${token}` } });
  t.equal(statusCode, 200);
});

t.test('who manages the courses of an organization sees its figures', async (t) => {
  const created = await shop.send(bob, 'POST', '/organizations', { name: 'Conservatory' });
  const organization = String(created.body['id'] ?? (created.body['organization'] as Body | undefined)?.['id']);
  await shop.caughtUp();
  t.match((await ask(bob, 'series', { organization })).body, { of: { dimension: 'organization', key: organization } });
  t.equal((await ask(ada, 'series', { organization })).status, 403);
  t.equal((await ask(admin, 'series', { organization })).status, 200);
});

t.test('what can not be asked is refused by the name of its field', async (t) => {
  const field = async (path: string, query: Readonly<Record<string, string>>) => {
    const { status, body } = await ask(admin, path, query);
    return [status, (body['errors'] as Body[] | undefined)?.[0]?.['field']];
  };
  t.same(await field('series', { zone: 'Mars/Olympus' }), [400, 'zone']);
  t.same(await field('series', { from: '2026-02-30' }), [400, 'from']);
  t.same(await field('series', { from: '2026-03-02', to: '2026-03-01' }), [400, 'to']);
  t.same(await field('series', { from: '2001-01-01' }), [400, 'from']);
  t.same(await field('series', { from: '2020-01-01', to: '2026-01-01' }), [400, 'from']);
  t.same(await field('series', { from: '2012-01-01', to: '2099-01-01', unit: 'month' }), [400, 'from']);
  t.same(await field('series', { from: '2026-01-01', to: '2026-12-31', unit: 'hour' }), [400, 'from']);
  t.same(await field('series', { course: cheap, coupon: 'SPRING' }), [400, 'coupon']);
  t.equal((await ask(admin, 'series', { course: 'none' })).status, 404);
});
