import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { contextFor } from '../../fixtures/command-services.js';
import type { Json } from './academy-app.js';
import { createSales, NIL, NOBODY, PROOF } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, pay, payForGroup, approve, boss, html, react, vue, entry, intermediate, bundle } = app;
const refused = (message: string) => ({ status: 'error', message });

const [siti, budi, dewi, stranger] = [await app.umum('Siti Rahma'), await app.dike('Budi Santoso'), await app.umum('Dewi Lestari'), await app.umum('Eka Putra')];
const cici = await app.dike('Cici Amelia');
const single = await pay(siti, 'UMUM', entry, html);
const bundled = await pay(cici, 'DIKE', bundle);
const grouped = await payForGroup([siti, react], [[budi, vue], [dewi, react]]);

const userOf = ({ id, name, email }: typeof siti, type = 'UMUM') => ({ id, name, email, phone: null, type });
const memberOf = ({ id, name, email }: typeof siti, courseId: string, courseName: string, role = 'member') => ({
  userId: id, userName: name, userEmail: email, userPhone: null, role, courseId, courseName,
});
const members = [memberOf(siti, react, 'React in depth', 'creator'), memberOf(budi, vue, 'Vue in depth'), memberOf(dewi, react, 'React in depth')];

t.test('the payer reads an individual payment (section 4)', async (t) => {
  const answer = await send(siti, 'GET', `/payments/${single}`);
  t.same([answer.status, answer.message], [200, 'Payment retrieved successfully']);
  const { createdAt, updatedAt, ...data } = answer.data;
  t.same(data, {
    id: single, userId: siti.id, packageId: entry, courseId: html, type: 'UMUM', proofLink: PROOF, status: 'PAID', packageName: 'Paket Entry', packageType: 'ENTRY', price: 49_000,
    courseName: 'HTML basics',
    user: userOf(siti),
    course: { id: html, title: 'HTML basics', description: 'Learn what there is to learn about it.', level: 'ENTRY' },
    enrollmentStatus: false,
    paymentDate: createdAt,
  });
  t.equal(updatedAt, createdAt);
});

t.test('a bundle shows its courses, and is enrolled once it is approved', async (t) => {
  const { data } = await must(cici, 'GET', `/payments/${bundled}`);
  t.match(data, {
    courseId: NIL, courseName: 'HTML basics, React in depth', course: { id: NIL, title: 'HTML basics, React in depth', level: null }, enrollmentStatus: false,
    bundleCourses: [{ id: html, title: 'HTML basics', level: 'ENTRY' }, { id: react, title: 'React in depth', level: 'INTERMEDIATE' }],
  });
  t.notOk('groupPaymentDetails' in data);
  app.clock.advance(1_000);
  await approve(bundled);
  t.match((await must(cici, 'GET', `/payments/${bundled}`)).data, { status: 'APPROVED', enrollmentStatus: true });
});

t.test('a group payment: each participant sees the own course, others a summary; the user is the payer', async (t) => {
  const of = async (caller: Parameters<typeof must>[0]) => (await must(caller, 'GET', `/payments/${grouped}`)).data;
  const groupPaymentDetails = { isGroupPayment: true, totalMembers: 3, groupStatus: 'PENDING', allMemberCourses: members, creatorInfo: userOf(siti) };
  t.match(await of(siti), { courseId: react, courseName: 'React in depth', user: userOf(siti), groupPaymentDetails });
  t.match(await of(budi), { courseId: vue, courseName: 'Vue in depth', course: { id: vue, level: 'INTERMEDIATE' }, user: userOf(siti), groupPaymentDetails });
  for (const caller of [boss, app.service(), app.service(boss)]) {
    const summary = await of(caller);
    t.match(summary, {
      courseId: 'group-courses', courseName: 'React in depth, Vue in depth', user: userOf(siti),
      course: { id: 'group-courses', title: 'React in depth, Vue in depth', isGroupSummary: true, level: null },
    });
    t.notOk('bundleCourses' in summary);
  }
});

t.test('who may read a payment: who takes part, admins and services', async (t) => {
  for (const caller of [siti, boss, app.service(siti)]) t.equal((await send(caller, 'GET', `/payments/${single}`)).status, 200);
  for (const caller of [budi, stranger, app.service(stranger)]) {
    const answer = await send(caller, 'GET', `/payments/${single}`);
    t.same([answer.status, answer.body], [403, refused('You are not authorized to view this payment')]);
  }
  t.equal((await send(stranger, 'GET', `/payments/${grouped}`)).status, 403);
  const guest = await send(await app.guest(), 'GET', `/payments/${single}`);
  t.same([guest.status, guest.body], [403, refused('Access denied. Insufficient privileges.')]);
  t.equal((await send(null, 'GET', `/payments/${single}`)).status, 401);
  for (const id of [NOBODY, 'nothing']) {
    const answer = await send(boss, 'GET', `/payments/${id}`);
    t.same([answer.status, answer.body], [404, refused('Payment not found')]);
  }
});

t.test('own payments, those of groups included, the newest first (section 4)', async (t) => {
  const answer = await send(siti, 'GET', '/payments/my-payments');
  t.same([answer.status, answer.message], [200, 'User payments retrieved successfully']);
  t.same(answer.list.map(({ id }) => id), [grouped, single]);
  t.match((await must(budi, 'GET', '/payments/my-payments')).list, [{ id: grouped, courseId: vue, user: { id: siti.id } }]);
  for (const caller of [stranger, boss]) {
    const none = await send(caller, 'GET', '/payments/my-payments');
    t.same([none.status, none.body], [200, { status: 'success', message: 'No payments found for this user', data: [] }]);
  }
  const page = await send(app.service(siti), 'GET', '/payments/my-payments?limit=1&page=2');
  t.same([page.list.map(({ id }) => id), page.raw.headers['x-total-count']], [[single], '2']);
  t.match((await send(app.service(), 'GET', '/payments/my-payments')).body, { message: 'Validation failed', details: [{ field: 'x-user-id' }] });
  t.equal((await send(await app.guest(), 'GET', '/payments/my-payments')).status, 403);
  t.equal((await send(null, 'GET', '/payments/my-payments')).status, 401);
});

t.test('admins list all payments: PAID before APPROVED, then groups, then the newest (section 4)', async (t) => {
  const answer = await send(boss, 'GET', '/payments');
  t.same([answer.status, answer.message], [200, 'Payments retrieved successfully']);
  const payments = answer.data['payments'] as readonly Json[];
  t.same(payments.map(({ id }) => id), [grouped, single, bundled]);
  t.same(answer.data['pagination'], { total: 3, page: 1, limit: 20, totalPages: 1, hasNextPage: false, hasPrevPage: false, nextPage: null, prevPage: null });
  t.match(payments[1], {
    courseId: html, courseName: 'HTML basics', packageName: 'Paket Entry', packageType: 'ENTRY', price: 49_000, isGroupPayment: false, groupStatus: null,
    userName: 'Siti Rahma', userEmail: siti.email, userPhone: null, userType: 'UMUM',
  });
  t.notOk('groupPaymentInfo' in (payments[1] ?? {}));
  t.match(payments[2], { courseId: NIL, courseName: 'HTML basics, React in depth', userType: 'DIKE', status: 'APPROVED' });
  t.match(payments[0], {
    courseId: 'group-courses', type: 'UMUM', isGroupPayment: true, inviteEmails: [budi.email, dewi.email], invitedUserIds: [budi.id, dewi.id], groupStatus: 'PENDING', originalAmount: '270000',
    discountedAmount: '243000', totalParticipants: 3, courseName: 'React in depth, Vue in depth',
    memberCourses: [{ userId: siti.id, courseId: react, courseName: 'React in depth' }, {}, {}],
    groupPaymentInfo: {
      isGroupPayment: true, totalMembers: 3, groupStatus: 'PENDING', creatorCourse: members[0], allMemberCourses: members,
      enhancedMembers: [{ userId: siti.id, userName: 'Siti Rahma', userEmail: siti.email, userPhone: null, role: 'creator' }, { role: 'member' }, {}],
    },
  });
});

const listed = async (query: string) => {
  const { data } = await must(boss, 'GET', `/payments?${query}`);
  return (data['payments'] as readonly Json[]).map(({ id }) => id);
};

t.test('filters, orders and pages', async (t) => {
  t.same(await listed('status=PAID'), [grouped, single]);
  t.same(await listed('status=APPROVED'), [bundled]);
  t.same(await listed('type=DIKE'), [bundled]);
  t.same(await listed('isGroupPayment=true'), [grouped]);
  t.same(await listed('isGroupPayment=false&status=PAID'), [single]);
  t.same(await listed('status=APPROVED&type=UMUM'), []);
  const orders = [
    ['', [grouped, bundled, single]],
    ['sortBy=createdAt&sortOrder=asc', [single, bundled, grouped]],
    ['sortBy=updatedAt', [bundled, grouped, single]],
    ['sortBy=price', [bundled, grouped, single]],
    ['sortBy=isGroupPayment', [grouped, bundled, single]],
    ['sortBy=type&sortOrder=asc', [bundled, grouped, single]],
    ['sortBy=status&sortOrder=asc', [bundled, grouped, single]],
  ] as const;
  for (const [order, ids] of orders) {
    const pages = await Promise.all([1, 2, 3].map((page) => listed(`${order}&limit=1&page=${page}`)));
    t.same(pages.flat(), ids, order);
  }
  const second = await must(boss, 'GET', '/payments?limit=2&page=2');
  t.same(second.data['pagination'], { total: 3, page: 2, limit: 2, totalPages: 2, hasNextPage: false, hasPrevPage: true, nextPage: null, prevPage: 1 });
  t.match((await must(boss, 'GET', '/payments?limit=2')).data['pagination'], { hasNextPage: true, nextPage: 2, prevPage: null });
});

t.test('both ends of a period are included', async (t) => {
  const at = String((await must(siti, 'GET', `/payments/${single}`)).data['createdAt']);
  const [date = ''] = at.split('T');
  t.same(await listed(`startDate=${at}&endDate=${at}`), [single]);
  t.same(await listed(`startDate=${date}&endDate=${date}`), [grouped, single, bundled]);
  t.same(await listed('endDate=2020-01-01'), []);
  t.same(await listed(`startDate=${date}&sortBy=price&sortOrder=asc&limit=1`), [single]);
});

t.test('what a list can not be asked for is named', async (t) => {
  for (const [query, field] of [['sortBy=proofLink', 'sortBy'], ['limit=101', 'limit'], ['page=0', 'page'], ['status=REJECTED', 'status'], ['startDate=2026-02-30', 'startDate'], ['endDate=soon', 'endDate'], ['sortOrder=up', 'sortOrder']] as const) {
    const answer = await send(boss, 'GET', `/payments?${query}`);
    t.match([answer.status, answer.body], [400, { status: 'error', message: 'Validation failed', details: [{ field }] }], query);
  }
});

t.test('payments that wait, the newest first (section 4)', async (t) => {
  const answer = await send(boss, 'GET', '/payments/pending');
  t.same([answer.status, answer.message], [200, 'Payments retrieved successfully']);
  t.match(answer.list, [
    { id: grouped, courseId: null, status: 'PAID', courseName: 'React in depth, Vue in depth', packageName: 'Paket Intermediate', packageType: 'INTERMEDIATE', price: 90_000 },
    { id: single, courseId: html, courseName: 'HTML basics' },
  ]);
  t.equal(answer.list.length, 2);
  t.equal(answer.raw.headers['x-total-count'], '2');
});

t.test('both lists are for admins and services', async (t) => {
  for (const path of ['/payments', '/payments/pending']) {
    t.equal((await send(app.service(), 'GET', path)).status, 200);
    t.equal((await send(null, 'GET', path)).status, 401);
    for (const caller of [siti, budi, await app.guest()]) {
      const answer = await send(caller, 'GET', path);
      t.same([answer.status, answer.body], [403, refused('Access denied. Insufficient privileges.')]);
    }
  }
});

t.test('an account that is gone has no name; a course keeps the one that it had', async (t) => {
  const leaving = await app.umum('Gone Soon');
  const course = await app.course('INTERMEDIATE', 'Renamed later');
  await must(boss, 'POST', `/packages/${intermediate}/courses`, { courseId: course });
  const id = await pay(leaving, 'UMUM', intermediate, course);
  await must(boss, 'PUT', `/courses/admin/${course}`, { title: 'Another name' });
  await must(boss, 'DELETE', `/courses/admin/${course}`);
  const actor = { accountId: boss.id, role: 'admin' } as const;
  t.ok((await deleteAccount(app.services.commands)({ actor, accountId: leaving.id }, contextFor())).ok);
  await app.caughtUp();
  const { data } = await must(boss, 'GET', `/payments/${id}`);
  t.match(data, { courseName: 'Another name', user: { id: leaving.id, name: 'Deleted user', email: '', phone: null, type: 'UMUM' } });
});
