import { randomUUID } from 'node:crypto';
import t from 'tap';
import { billingData } from '../../fixtures/invoices.js';
import { createSchool } from './school.js';
import type { Answer, Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');

const unauthenticated = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };
const PATHS = [['GET', '/coupon/detail/'], ['PUT', '/coupon/update/'], ['PATCH', '/coupon/update/'], ['DELETE', '/coupon/delete/']] as const;

const create = (as: Member | null, body: object, headers: Record<string, string> = {}) => app.send(as, 'POST', '/coupon/create/', body, headers);
const detail = (as: Member | null, id: unknown) => app.send(as, 'GET', `/coupon/detail/${String(id)}`);
const update = (as: Member | null, id: unknown, body: object, method: 'PUT' | 'PATCH' = 'PATCH') => app.send(as, method, `/coupon/update/${String(id)}`, body);
const remove = (as: Member | null, id: unknown) => app.send(as, 'DELETE', `/coupon/delete/${String(id)}`);
const made = async (as: Member, price: number | string = 9.5, count = 1): Promise<Answer['list']> => {
  const { status, list, body } = await create(as, { number_of_coupons: count, price });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return list;
};
const one = async (as: Member): Promise<Readonly<Record<string, unknown>>> => (await made(as))[0] ?? {};
const enroll = (as: Member, courseId: string, code: unknown) => app.send(as, 'POST', '/course/course-enrollment/', { course_id: courseId, coupon_code: code });

t.test('5.1 a teacher makes coupons', async (t) => {
  const { status, list } = await create(teacher, { number_of_coupons: '3', price: 9.5 });
  t.equal(status, 201);
  t.equal(list.length, 3);
  const expires = new Date(app.clock.now().getTime() + 365 * 86_400_000).toISOString();
  for (const coupon of list) {
    t.match(coupon, { teacher: teacher.id, code: /^[A-HJ-NP-Z2-9]{10}$/, status: 'available', max_uses: 1, used_count: 0, expiration_date: expires, price: '9.50', is_active: true });
    t.same([typeof coupon['id'], coupon['date']], ['number', app.clock.now().toISOString()]);
  }
  t.equal(new Set(list.map(({ code }) => code)).size, 3);
  t.equal(new Set(list.map(({ id }) => id)).size, 3);
});

t.test('5.1 coupons are refused in the words of the document', async (t) => {
  const refusals: readonly (readonly [object, object])[] = [
    [{}, { number_of_coupons: ['This field is required.'], price: ['This field is required.'] }],
    [{ number_of_coupons: 0, price: '1' }, { number_of_coupons: ['Ensure this value is greater than or equal to 1.'] }],
    [{ number_of_coupons: 501, price: '1' }, { number_of_coupons: ['Ensure this value is less than or equal to 500.'] }],
    [{ number_of_coupons: 'x', price: '1' }, { number_of_coupons: ['A valid integer is required.'] }],
    [{ number_of_coupons: 1, price: 'x' }, { price: ['A valid number is required.'] }],
    [{ number_of_coupons: 1, price: '1.001' }, { price: ['Ensure that there are no more than 2 decimal places.'] }],
    [{ number_of_coupons: 1, price: -1 }, { price: ['Ensure this value is greater than or equal to 0.'] }],
  ];
  for (const [sent, body] of refusals) {
    const answer = await create(teacher, sent);
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent));
  }
});

t.test('5.1 500 at once are there when they are answered, and a repeat makes no more', async (t) => {
  const many = await app.teacher();
  const headers = { 'idempotency-key': randomUUID() };
  const first = await create(many, { number_of_coupons: 500, price: '1' }, headers);
  t.equal(first.list.length, 500);
  const again = await create(many, { number_of_coupons: 500, price: '1' }, headers);
  t.same(again.list, first.list);
  t.equal((await app.send(many, 'GET', '/coupon/list/')).body['count'], 500);
});

t.test('5.2 the list has the teacher’s own, the newest first', async (t) => {
  const own = await app.teacher();
  await made(own, 1, 12);
  const last = await one(own);
  const { status, body } = await app.send(own, 'GET', '/coupon/list/');
  t.equal(status, 200);
  t.match(body, { count: 13, previous: null, next: 'http://localhost/api/v1/coupon/list/?page=2' });
  const results = body['results'];
  t.ok(Array.isArray(results) && results.length === 10);
  t.match(results, [last]);
  const second = await app.send(own, 'GET', '/coupon/list?page=2&page_size=7');
  t.match(second.body, { count: 13, next: null });
  t.match(await app.send(own, 'GET', '/coupon/list/?page=9'), { status: 404, body: { detail: 'Invalid page.' } });
});

t.test('5.3 and 5.4 a coupon is read and changed by its teacher', async (t) => {
  const coupon = await one(teacher);
  t.same((await detail(teacher, coupon['id'])).body, coupon);
  const changes = { max_uses: 3, expiration_date: '2030-01-01', price: '12', is_active: 'false', status: 'disabled' };
  const changed = await update(teacher, coupon['id'], changes, 'PUT');
  t.equal(changed.status, 200);
  t.same(changed.body, { ...coupon, max_uses: 3, expiration_date: '2030-01-01T23:59:59.999Z', price: '12.00', is_active: false, status: 'disabled' });
  t.same((await update(teacher, coupon['id'], {}, 'PUT')).body, changed.body, 'what is left out stays, also with PUT');
  t.match((await update(teacher, coupon['id'], { status: 'available' })).body, { status: 'available', is_active: false, price: '12.00' });
  t.match((await update(teacher, coupon['id'], { expiration_date: '2020-01-01T00:00:00Z' })).body, { status: 'expired' });
  t.match((await update(teacher, coupon['id'], { status: 'expired' })).body, { status: 'expired' }, 'a form that is sent back changes nothing');
});

t.test('5.4 changes are refused in Django’s words', async (t) => {
  const { id } = await one(teacher);
  const refusals: readonly (readonly [object, object])[] = [
    [{ status: 'open' }, { status: ['"open" is not a valid choice.'] }],
    [{ max_uses: 0 }, { max_uses: ['Ensure this value is greater than or equal to 1.'] }],
    [{ max_uses: 1_000_001 }, { max_uses: ['Ensure this value is less than or equal to 1000000.'] }],
    [{ expiration_date: 'soon' }, { expiration_date: ['Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'] }],
    [{ expiration_date: '2026-02-30' }, { expiration_date: ['Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'] }],
    [{ price: null }, { price: ['This field may not be null.'] }],
    [{ is_active: 'perhaps' }, { is_active: ['Must be a valid boolean.'] }],
  ];
  for (const [sent, body] of refusals) {
    const answer = await update(teacher, id, sent);
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent));
  }
});

t.test('5.4 a coupon is used up, and has no fewer uses than were made', async (t) => {
  const courseId = await app.course(teacher);
  const coupon = await one(teacher);
  await update(teacher, coupon['id'], { max_uses: 2 });
  for (const who of [await app.student(teacher), await app.student(teacher)]) t.equal((await enroll(who, courseId, coupon['code'])).status, 201);
  t.match((await detail(teacher, coupon['id'])).body, { status: 'used', used_count: 2, max_uses: 2 });
  t.match(await update(teacher, coupon['id'], { max_uses: 1 }), { status: 400, body: { max_uses: ['The coupon was already used more often.'] } });
  t.match((await update(teacher, coupon['id'], { max_uses: 3 })).body, { status: 'available' });
});

t.test('5.5 a coupon that is deleted is gone, and opens nothing', async (t) => {
  const coupon = await one(teacher);
  t.equal((await remove(teacher, coupon['id'])).status, 204);
  for (const [method, path] of PATHS) t.match(await app.send(teacher, method, `${path}${String(coupon['id'])}`), nothing, path);
  t.match(await enroll(student, await app.course(teacher), coupon['code']), { status: 400, body: { coupon: ['Invalid coupon code'] } });
});

t.test('5.6 used coupons: who used them, when and for what', async (t) => {
  const own = await app.teacher();
  const who = await app.student(own, 'tim');
  const courseId = await app.course(own);
  const moduleId = await app.module(own, courseId, 1, { title: 'Canons', price: 5 });
  const [first, second] = await made(own, '9.5', 2);
  t.same((await app.send(own, 'GET', '/coupon/used-coupons/')).list, []);
  t.equal((await app.send(who, 'POST', '/course/module-enrollment/', { module_id: moduleId, coupon_code: first?.['code'] })).status, 201);
  await update(own, second?.['id'], { price: 20 });
  t.equal((await enroll(who, courseId, second?.['code'])).status, 201);
  await update(own, second?.['id'], { price: 30 });
  await remove(own, first?.['id']);
  const { status, list } = await app.send(own, 'GET', '/coupon/used-coupons/');
  t.equal(status, 200);
  const user = { id: who.id, first_name: 'Ada', last_name: 'tim', email: who.email };
  t.match(list, [
    { coupon: { id: second?.['id'], code: second?.['code'], price: '20.00', status: 'used' }, student: { user, full_name: 'Ada tim' }, course: 'Fugues', module: null },
    { coupon: { id: first?.['id'], price: '9.50', status: 'used' }, student: { user }, course: null, module: 'Canons' },
  ]);
  t.ok(list.every(({ id, used_at }) => typeof id === 'number' && used_at === app.clock.now().toISOString()));
  t.same((await app.send(otherTeacher, 'GET', '/coupon/used-coupons/')).list, []);
});

t.test('each route with each caller', async (t) => {
  const { id } = await one(teacher);
  const routes: readonly (readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string])[] = [
    ['POST', '/coupon/create/'],
    ['GET', '/coupon/list/'],
    ['GET', '/coupon/used-coupons/'],
    ...PATHS.map(([method, path]) => [method, `${path}${String(id)}`] as const),
  ];
  for (const [method, path] of routes) {
    const body = path.endsWith('/create/') ? { number_of_coupons: 1, price: 1 } : {};
    const sent = method === 'GET' || method === 'DELETE' ? undefined : body;
    t.match(await app.send(null, method, path, sent), unauthenticated, `${method} ${path} of nobody`);
    for (const as of [student, admin]) t.match(await app.send(as, method, path, sent), denied, `${method} ${path} of ${as.username}`);
  }
  t.match(await detail(otherTeacher, id), nothing);
  for (const method of ['PUT', 'PATCH'] as const) t.match(await update(otherTeacher, id, { price: 1 }, method), denied);
  t.match(await remove(otherTeacher, id), denied);
  t.equal((await detail(teacher, id)).body['price'], '9.50');
});

t.test('what is no number of a coupon is not found', async (t) => {
  for (const id of ['0', '-1', '999999', 'x', '1.5', '%F0%9F%98%80', '9'.repeat(200)]) {
    for (const [method, path] of PATHS) t.match(await app.send(teacher, method, `${path}${id}`, method === 'PATCH' || method === 'PUT' ? {} : undefined), nothing, `${path}${id}`);
  }
});

t.test('coupons of teachers are none on the marketplace, and its discounts are none here', async (t) => {
  const courseId = await app.course(teacher);
  const coupon = await one(teacher);
  const code = String(coupon['code']);
  const shop = (as: Member, method: 'GET' | 'POST', url: string, payload?: object) => app.inject({ method, url, headers: as.headers, ...(payload === undefined ? {} : { payload }) });

  t.equal((await shop(student, 'GET', `/discounts/code/${code}`)).statusCode, 404);
  for (const as of [teacher, admin]) t.notMatch((await shop(as, 'GET', '/discounts?limit=100')).body, code);
  const order = { userId: student.accountId, courseIds: [courseId], amount: 12.5, currency: 'USD', paymentMethod: 'cash', billingData };
  const bought = await shop(student, 'POST', '/payments', { ...order, discountCode: code });
  const unknown = await shop(student, 'POST', '/payments', { ...order, discountCode: 'NOSUCHCODE' });
  t.same([bought.statusCode, bought.json<{ code: unknown }>().code], [unknown.statusCode, unknown.json<{ code: unknown }>().code]);
  t.equal(unknown.json<{ code: unknown }>().code, 'coupon-not-issued');
  t.match(await enroll(student, courseId, code), { status: 201 }, 'it was not held meanwhile');

  const discount = { code: 'MARKET2345', type: 'course_specific', courseId, value: 100, valueType: 'percentage', applicableOn: 'both' };
  const issued = await shop(teacher, 'POST', '/discounts', discount);
  t.equal(issued.statusCode, 201, issued.body);
  const other = await app.student(teacher);
  t.match(await enroll(other, courseId, 'MARKET2345'), { status: 400, body: { coupon: ['Invalid coupon code'] } });
  t.notMatch((await app.send(teacher, 'GET', '/coupon/list/?page_size=100')).raw.body, 'MARKET2345');
  t.equal((await shop(other, 'GET', '/discounts/code/MARKET2345')).statusCode, 200);
});
