import t from 'tap';
import { endEnrollment } from '../../../src/commands/enrollments/end-enrollment.js';
import { contextFor } from '../../fixtures/command-services.js';
import type { Answer, Json } from './academy-app.js';
import { createSales, NIL, NOBODY } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, boss, html, react, vue, entry, intermediate, bundle } = app;

const asError = (message: string) => ({ status: 'error', message });
const said = ({ status, body }: Answer) => [status, body];
const idsIn = (list: readonly Json[]): readonly string[] => list.map(({ id }) => String(id));
const rowsIn = ({ data }: Answer): readonly Json[] => data['enrollments'] as readonly Json[];

const [ann, bob, cid] = [await app.umum('Ann'), await app.dike('Bob'), await app.umum('Cid')];
const bought = async (as: typeof ann, type: 'UMUM' | 'DIKE', packageId: string, courseId?: string): Promise<string> => {
  const payment = await app.pay(as, type, packageId, courseId);
  await app.approve(payment);
  return payment;
};
const first = await bought(ann, 'UMUM', entry, html);
const second = await bought(ann, 'UMUM', intermediate, vue);
const whole = await bought(bob, 'DIKE', bundle);

t.test('own enrollments, the newest first, with their courses (6)', async (t) => {
  const own = await send(ann, 'GET', '/enrollments/me');
  t.same([own.status, own.message, own.raw.headers['x-total-count']], [200, 'User enrollments retrieved successfully', '2']);
  t.match(own.list, [
    { paymentId: second, userId: ann.id, courseId: vue, packageId: intermediate, status: 'ENROLLED', progress: 0, course: { id: vue, title: 'Vue in depth', level: 'INTERMEDIATE', sessions: [] } },
    { paymentId: first, userId: ann.id, courseId: html, packageId: entry, status: 'ENROLLED', progress: 0, course: { id: html, title: 'HTML basics', level: 'ENTRY' } },
  ]);
  t.notOk(own.list.some((each) => 'listedAs' in each));
  t.same((await must(cid, 'GET', '/enrollments/me')).list, []);
  t.same(idsIn((await must(app.service(ann), 'GET', '/enrollments/me')).list), idsIn(own.list));
  t.same(idsIn((await must(ann, 'GET', '/enrollments/me?limit=1&page=2')).list), idsIn(own.list).slice(1));
  const bundled = (await must(bob, 'GET', '/enrollments/me')).list;
  t.same([bundled.length, new Set(bundled.map(({ courseId }) => courseId))], [2, new Set([html, react])]);
});

t.test('whether one is enrolled, at all and in a course (6)', async (t) => {
  const message = 'Enrollment status checked successfully';
  t.same(said(await send(ann, 'GET', '/enrollments/isenrolled')), [200, { status: 'success', message, data: { isEnrolled: true, enrollmentCount: 2 } }]);
  t.same((await must(cid, 'GET', '/enrollments/isenrolled')).data, { isEnrolled: false, enrollmentCount: 0 });
  t.same((await must(app.service(bob), 'GET', '/enrollments/isenrolled')).data, { isEnrolled: true, enrollmentCount: 2 });
  const isEnrolled = async (caller: typeof ann | ReturnType<typeof app.service>, courseId: string) => (await must(caller, 'GET', `/enrollments/${courseId}/status`)).data['isEnrolled'];
  t.same(said(await send(ann, 'GET', `/enrollments/${html}/status`)), [200, { status: 'success', message, data: { isEnrolled: true } }]);
  t.same([await isEnrolled(ann, react), await isEnrolled(ann, NOBODY), await isEnrolled(ann, 'nothing'), await isEnrolled(boss, html)], [false, false, false, false]);
  t.same([await isEnrolled(app.service(ann), vue), await isEnrolled(app.service(cid), vue)], [true, false], 'whom a service names');
  await app.pay(cid, 'UMUM', entry, html);
  t.equal(await isEnrolled(cid, html), false, 'a payment that waits opens nothing');
});

t.test('one enrollment is for its owner, not even for admins (6)', async (t) => {
  const [newest] = (await must(ann, 'GET', '/enrollments/me')).list;
  const id = String(newest?.['id']);
  const read = await send(ann, 'GET', `/enrollments/${id}`);
  t.same([read.status, read.message, read.data], [200, 'Enrollment retrieved successfully', newest]);
  t.same((await must(app.service(ann), 'GET', `/enrollments/${id}`)).data, newest);
  for (const caller of [bob, boss, app.service(), app.service(bob)]) {
    t.same(said(await send(caller, 'GET', `/enrollments/${id}`)), [403, asError('You do not have permission to access this enrollment')]);
  }
  for (const other of [NOBODY, NIL, 'nothing']) t.same(said(await send(ann, 'GET', `/enrollments/${other}`)), [404, asError('Enrollment not found')]);
});

t.test('progress: whose it is comes before what it is (6)', async (t) => {
  const [newest] = (await must(ann, 'GET', '/enrollments/me')).list;
  const path = `/enrollments/${String(newest?.['id'])}/progress`;
  const wrong = [{}, { progress: null }, { progress: -1 }, { progress: 100.5 }, { progress: '101' }, { progress: '100.5' }, { progress: 'half' }, { progress: '' }, { progress: ' 5' }, { progress: '1e1' }, { progress: [5] }, { progress: true }, { progress: '-1' }];
  for (const payload of [...wrong, { progress: 10 }]) {
    t.same(said(await send(bob, 'PATCH', path, payload)), [403, asError('You do not have permission to update this enrollment')]);
    t.same(said(await send(bob, 'PATCH', `/enrollments/${NOBODY}/progress`, payload)), [404, asError('Enrollment not found')]);
  }
  for (const caller of [boss, app.service(cid)]) t.equal((await send(caller, 'PATCH', path, { progress: 10 })).status, 403);
  for (const payload of wrong) t.same(said(await send(ann, 'PATCH', path, payload)), [400, asError('Progress must be a number between 0 and 100')], JSON.stringify(payload));
  for (const [progress, kept] of [[37.5, 37.5], ['62', 62], ['99.25', 99.25], [100, 100], ['0', 0], [0, 0], ['100', 100]] as const) {
    const changed = await send(ann, 'PATCH', path, { progress });
    t.same([changed.status, changed.message, changed.data['progress']], [200, 'Enrollment progress updated successfully', kept]);
  }
  const { course: _course, ...row } = newest ?? {};
  t.match((await send(app.service(ann), 'PATCH', path, { progress: 20 })).data, { ...row, progress: 20, updatedAt: String });
  t.match((await must(ann, 'GET', '/enrollments/me')).list, [{ progress: 20 }, { progress: 0 }]);
});

t.test('admins list all, by any combination of filters (6)', async (t) => {
  const all = await send(boss, 'GET', '/enrollments');
  t.same([all.status, all.message], [200, 'Enrollments retrieved successfully']);
  t.match(all.data, { pagination: { total: 4, page: 1, limit: 10, pages: 1 } });
  const rows = rowsIn(all);
  t.match(rows.slice(0, 2).map(({ payment }) => payment), [{ id: whole, userId: bob.id, courseId: NIL, status: 'APPROVED', type: 'DIKE' }, { id: whole }]);
  t.match(rows[2], { courseId: vue, payment: { id: second, courseId: vue, isGroupPayment: false }, course: { id: vue, title: 'Vue in depth' }, user: { id: ann.id, name: 'Ann', email: ann.email } });
  const found = async (query: string) => idsIn(rowsIn(await must(boss, 'GET', `/enrollments?${query}`)));
  const of = (matching: (row: Json) => boolean) => idsIn(rows.filter(matching));
  t.same(await found(`userId=${ann.id}`), of(({ userId }) => userId === ann.id));
  t.same(await found(`courseId=${html}`), of(({ courseId }) => courseId === html));
  t.same(await found(`packageId=${bundle}&status=ENROLLED&courseId=${html}&userId=${bob.id}`), of(({ packageId, courseId }) => packageId === bundle && courseId === html));
  t.same(await found(`status=NOT_ENROLLED`), []);
  t.same(await found(`userId=${NOBODY}`), []);
  const [oldest, newest] = [String(rows.at(-1)?.['createdAt']), String(rows[0]?.['createdAt'])];
  t.same(await found(`startDate=${oldest}&endDate=${oldest}`), idsIn(rows).slice(3), 'both ends are included');
  t.same(await found(`startDate=${newest}`), idsIn(rows).slice(0, 2));
  t.same(await found(`startDate=${newest}&endDate=${oldest}`), []);
  t.same(await found(`startDate=${oldest.slice(0, 10)}&endDate=${oldest.slice(0, 10)}&userId=${ann.id}`), of(({ userId }) => userId === ann.id), 'a date is a whole day');
  const page = await must(boss, 'GET', '/enrollments?limit=3&page=2');
  t.match([idsIn(rowsIn(page)), page.data['pagination']], [idsIn(rows).slice(3), { total: 4, page: 2, limit: 3, pages: 2 }]);
  t.same(idsIn(rowsIn(await must(app.service(boss), 'GET', '/enrollments'))), idsIn(rows), 'a service in the name of an admin');
});

t.test('pages and filters that are none (6)', async (t) => {
  const refusal = async (query: string) => said(await send(boss, 'GET', `/enrollments?${query}`));
  for (const page of ['0', '-1', 'x', '1.5']) t.same(await refusal(`page=${page}&limit=0`), [400, asError('Page must be a positive number')]);
  for (const limit of ['0', '101', 'x', '-5']) t.same(await refusal(`limit=${limit}&status=none`), [400, asError('Limit must be between 1 and 100')]);
  for (const [query, field] of [['status=none', 'status'], ['userId=none', 'userId'], ['courseId=1', 'courseId'], ['packageId=1', 'packageId'], ['startDate=soon', 'startDate'], ['endDate=2025-02-30', 'endDate']] as const) {
    t.match(await refusal(query), [400, { status: 'error', message: 'Validation failed', errors: [{ field }] }]);
  }
});

t.test('who may (6)', async (t) => {
  const guest = await app.guest();
  for (const path of ['', '/me', '/isenrolled', `/${html}/status`, `/${NOBODY}`]) {
    t.same(said(await send(null, 'GET', `/enrollments${path}`)), [401, asError('Authentication required. No valid token provided.')]);
    t.same(said(await send(guest, 'GET', `/enrollments${path}`)), [403, asError('Access denied. Insufficient privileges.')]);
  }
  t.equal((await send(null, 'PATCH', `/enrollments/${NOBODY}/progress`, { progress: 1 })).status, 401);
  for (const student of [ann, bob]) t.same(said(await send(student, 'GET', '/enrollments')), [403, asError('Access denied. Insufficient privileges.')]);
  for (const service of [app.service(), app.service(ann)]) t.same(said(await send(service, 'GET', '/enrollments')), [403, asError('You do not have permission to access all enrollments')]);
  for (const path of ['/me', '/isenrolled', `/${html}/status`]) t.match(said(await send(app.service(), 'GET', `/enrollments${path}`)), [400, { errors: [{ field: 'x-user-id' }] }]);
  for (const path of ['/me', '/isenrolled', `/${html}/status`]) t.equal((await send(boss, 'GET', `/enrollments${path}`)).status, 200);
  const member = await app.guest();
  await must(boss, 'PATCH', `/group-payments/${await app.payForGroup([await app.umum(), react], [[member, vue]])}/approve`);
  const [own] = rowsIn(await must(boss, 'GET', `/enrollments?userId=${member.id}`));
  t.equal((await send(member, 'PATCH', `/enrollments/${String(own?.['id'])}/progress`, { progress: 5 })).status, 200, 'the owner, whatever the role');
});

t.test('an enrollment that ended stays as such, and a course that is gone is named (6)', async (t) => {
  const dan = await app.umum();
  const css = await app.course('ENTRY', 'Soon gone');
  await must(boss, 'POST', `/packages/${entry}/courses`, { courseId: css });
  await bought(dan, 'UMUM', entry, css);
  await must(boss, 'DELETE', `/courses/admin/${css}`);
  const [own] = (await must(dan, 'GET', '/enrollments/me')).list;
  t.same([own?.['status'], own?.['course']], ['ENROLLED', { id: css, title: 'Soon gone' }]);
  await endEnrollment(app.services.commands)({ studentId: dan.id, courseId: css }, contextFor());
  await app.caughtUp();
  const [ended] = (await must(dan, 'GET', '/enrollments/me')).list;
  t.match(ended, { id: own?.['id'], status: 'NOT_ENROLLED' });
  t.same((await must(dan, 'GET', '/enrollments/isenrolled')).data, { isEnrolled: false, enrollmentCount: 0 });
  t.same((await must(dan, 'GET', `/enrollments/${css}/status`)).data, { isEnrolled: false });
  t.same(said(await send(dan, 'PATCH', `/enrollments/${String(own?.['id'])}/progress`, { progress: 5 })), [403, asError('You do not have permission to update this enrollment')]);
  t.same(idsIn(rowsIn(await must(boss, 'GET', '/enrollments?status=NOT_ENROLLED'))), [String(own?.['id'])]);
});
