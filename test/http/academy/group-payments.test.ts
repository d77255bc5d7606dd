import t from 'tap';
import type { Answer, Caller, Json, Member } from './academy-app.js';
import { createSales, NOBODY, PROOF } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, boss, react, vue, html, intermediate, bundle, entry } = app;

const group = (creatorCourseId: string, ...members: readonly (readonly [email: string, courseId: string])[]) => ({
  packageId: intermediate,
  creatorCourseId,
  proofLink: PROOF,
  members: members.map(([email, courseId]) => ({ email, courseId })),
});
const asError = (message: string) => ({ status: 'error', message });
const said = ({ status, body }: Answer) => [status, body];
const shown = ({ id, name, email }: Member, type = 'UMUM') => ({ id, name, email, phone: null, type });

t.test('a group is paid for, read by who takes part, approved as a whole (5)', async (t) => {
  const [ann, bob, cid, stranger] = [await app.umum(), await app.dike(), await app.guest(), await app.umum()];
  const created = await send(ann, 'POST', '/group-payments', group(react, [bob.email.toUpperCase(), vue], [cid.email, react]));
  t.same([created.status, created.message], [201, 'Group payment berhasil dibuat']);
  const id = String(created.data['id']);
  const memberCourses = [
    { userId: ann.id, courseId: react, courseName: 'React in depth' },
    { userId: bob.id, courseId: vue, courseName: 'Vue in depth' },
    { userId: cid.id, courseId: react, courseName: 'React in depth' },
  ];
  const payment = {
    id, userId: ann.id, packageId: intermediate, courseId: null, type: 'UMUM', proofLink: PROOF, status: 'PAID', isGroupPayment: true, groupStatus: 'PENDING',
    inviteEmails: [bob.email, cid.email], invitedUserIds: [bob.id, cid.id], originalAmount: '270000', discountedAmount: '243000', totalParticipants: 3, memberCourses,
  };
  const people = [[ann, 'creator', 'UMUM'], [bob, 'member', 'DIKE'], [cid, 'member', 'UMUM']] as const;
  const chosen = ({ id: userId }: Member) => memberCourses.find((choice) => choice.userId === userId);
  t.match(created.data, {
    ...payment, creator: { ...shown(ann), role: 'UMUM' }, totalMembers: 3,
    members: people.map(([member, role, type]) => ({ ...shown(member, type), role, courseId: chosen(member)?.courseId, courseName: chosen(member)?.courseName })),
  });

  for (const caller of [ann, bob, cid, boss, app.service(stranger)]) {
    const read = await send(caller, 'GET', `/group-payments/${id}`);
    t.same([read.status, read.message], [200, 'Group payment retrieved successfully']);
    t.match(read.data, {
      ...payment, creator: { ...shown(ann), role: 'UMUM' }, totalMembers: 3,
      members: people.map(([member, role, type]) => ({ ...shown(member, type), role, courseChoice: { courseId: chosen(member)?.courseId, courseName: chosen(member)?.courseName } })),
    });
  }
  t.same(said(await send(stranger, 'GET', `/group-payments/${id}`)), [403, asError('You are not authorized to view this payment')]);

  const [own] = (await must(boss, 'GET', '/group-payments')).list.filter((each) => each['id'] === id);
  t.match(own, {
    ...payment, courseName: 'Unknown Course', creator: { id: ann.id }, totalMembers: 3,
    members: people.map(([member, role]) => ({ id: member.id, role })),
    enhancedMembersInfo: people.map(([{ id: userId, name: userName, email: userEmail }, role]) => ({ userId, userName, userEmail, userPhone: null, role })),
  });

  const approved = await send(boss, 'PATCH', `/group-payments/${id}/approve`);
  t.same([approved.status, approved.message], [200, 'Group payment berhasil diapprove dan 3 enrollment dibuat']);
  t.match(approved.data, {
    payment: { ...payment, status: 'APPROVED', groupStatus: 'APPROVED' },
    enrollments: memberCourses.map(({ userId, courseId }) => ({ userId, courseId, paymentId: id, packageId: intermediate, status: 'ENROLLED', progress: 0 })),
    totalEnrolled: 3, memberIds: [ann.id, bob.id, cid.id], courseEnrollments: memberCourses.map(({ userId, courseId }) => ({ userId, courseId })),
  });
  for (const [{ headers }, courseId] of [[ann, react], [bob, vue]] as const) t.match((await must({ headers }, 'GET', `/enrollments/${courseId}/status`)).data, { isEnrolled: true });
  t.same(said(await send(boss, 'PATCH', `/group-payments/${id}/approve`)), [400, asError('Gagal approve group payment: Group payment sudah diapprove')]);
  t.same(said(await send(boss, 'DELETE', `/group-payments/${id}`)), [400, asError('Gagal menghapus group payment: Tidak dapat menghapus group payment yang sudah diapprove')]);
});

t.test('members who can take no part are left out without a word; without any the request fails (5)', async (t) => {
  const [ann, bob, taken] = [await app.umum(), await app.umum(), await app.umum()];
  await app.pay(taken, 'UMUM', intermediate, react);
  const out = [['nobody@example.org', vue], [taken.email, vue], [ann.email, react]] as const;
  const created = await must(ann, 'POST', '/group-payments', group(react, ...out, [bob.email, vue]));
  t.match(created.data, { totalMembers: 2, totalParticipants: 2, originalAmount: '180000', discountedAmount: '162000', invitedUserIds: [bob.id], inviteEmails: [bob.email] });
  const cid = await app.umum();
  const none = 'Gagal membuat group payment: Tidak ada member yang valid untuk diundang';
  t.same(said(await send(cid, 'POST', '/group-payments', group(react, ...out.slice(0, 2), [bob.email, html]))), [400, asError(none)]);
});

t.test('numbers are told to their owners, admins and services: to name an address in a group tells none', async (t) => {
  const email = 'numbered@example.org';
  const { data } = await must(null, 'POST', '/auth/register', { name: 'Numbered', email, password: 'correct horse', type: 'UMUM', phone: '081234567890' });
  const numbered = { headers: { authorization: `Bearer ${String(data['accessToken'])}` } };
  const ann = await app.umum();
  const created = await must(ann, 'POST', '/group-payments', group(react, [email, vue]));
  const id = String(created.data['id']);
  t.match(created.data, { members: [{}, { email, phone: null }] });
  const phoneFor = async (caller: Caller): Promise<readonly unknown[]> => {
    const members = (await must(caller, 'GET', `/group-payments/${id}`)).data['members'] as readonly Json[];
    const { groupPaymentDetails } = (await must(caller, 'GET', `/payments/${id}`)).data as { readonly groupPaymentDetails: { readonly allMemberCourses: readonly Json[] } };
    return [members[1]?.['phone'], groupPaymentDetails.allMemberCourses[1]?.['userPhone']];
  };
  for (const caller of [numbered, boss, app.service(boss)]) t.same(await phoneFor(caller), ['081234567890', '081234567890']);
  t.same(await phoneFor(ann), [null, null]);
  const [own] = (await must(ann, 'GET', '/payments/my-payments')).list;
  t.match(own, { groupPaymentDetails: { allMemberCourses: [{}, { userEmail: email, userPhone: null }] } });
});

t.test('what is in the way of a group, in the order of the document (5)', async (t) => {
  const [ann, bob, holder, bundled] = [await app.umum(), await app.umum(), await app.umum(), await app.umum()];
  const refusal = async (as: Caller, body: object) => said(await send(as, 'POST', '/group-payments', body));
  const failed = (reason: string) => [400, asError(`Gagal membuat group payment: ${reason}`)];
  t.same(await refusal(ann, group(html, ['nobody@example.org', vue])), failed('Course yang dipilih creator tidak tersedia dalam package ini'));
  t.same(await refusal(ann, { ...group(react, [bob.email, vue]), packageId: NOBODY }), failed('Course yang dipilih creator tidak tersedia dalam package ini'));
  await app.pay(holder, 'UMUM', intermediate, vue);
  await app.pay(bundled, 'UMUM', bundle);
  t.same(await refusal(holder, group(react, ['nobody@example.org', vue])), failed('Tidak ada member yang valid untuk diundang'));
  t.same(await refusal(holder, group(react, [bob.email, vue])), failed('Anda sudah terdaftar di: Vue in depth'));
  t.same(await refusal(bundled, group(react, [bob.email, vue])), failed('Anda sudah terdaftar di: Paket Bundle (Menunggu Approval)'));
  t.same(await refusal(ann, { ...group(html, [bob.email, html]), packageId: entry }), failed('Package tidak valid untuk group payment'));
  t.same(await refusal(ann, { ...group(html, [bob.email, react]), packageId: bundle }), failed('Package tidak valid untuk group payment'));
});

t.test('a bad body is refused with its fields (5)', async (t) => {
  const ann = await app.umum();
  const good = group(react, ['a@example.org', vue]);
  const refused = async (changes: object, field: string) => {
    const { status, body } = await send(ann, 'POST', '/group-payments', { ...good, ...changes });
    t.match([status, body], [400, { status: 'error', message: 'Validation error', details: [{ field }] }]);
    t.notOk('errors' in body);
  };
  const many = Array.from({ length: 11 }, (_, index) => ({ email: `m${index}@example.org`, courseId: vue }));
  await refused({ packageId: 'none' }, 'packageId');
  await refused({ creatorCourseId: undefined }, 'creatorCourseId');
  for (const proofLink of ['http://proofs.example/1', 'https://a', 'javascript:alert(1)', undefined]) await refused({ proofLink }, 'proofLink');
  for (const members of [[], many, undefined]) await refused({ members }, 'members');
  await refused({ members: [{ email: 'nobody', courseId: vue }] }, 'members.0.email');
  await refused({ members: [{ email: 'a@example.org', courseId: 'vue' }] }, 'members.0.courseId');
  await refused({ members: [{ email: 'a@example.org', courseId: vue }, { email: 'A@Example.org', courseId: react }] }, 'members.1.email');
});

t.test('what is no group payment is not found (5)', async (t) => {
  const ann = await app.umum();
  const individual = await app.pay(ann, 'UMUM', entry, html);
  for (const id of [NOBODY, 'nothing', individual]) {
    t.same(said(await send(ann, 'GET', `/group-payments/${id}`)), [404, asError('Gagal mengambil group payment: Group payment tidak ditemukan')]);
    t.same(said(await send(boss, 'PATCH', `/group-payments/${id}/approve`)), [404, asError('Gagal approve group payment: Group payment tidak ditemukan')]);
    t.same(said(await send(boss, 'DELETE', `/group-payments/${id}`)), [404, asError('Gagal menghapus group payment: Group payment tidak ditemukan')]);
  }
});

t.test('one that waits is deleted, and its payer can pay again (5)', async (t) => {
  const [ann, bob] = [await app.umum(), await app.umum()];
  const id = await app.payForGroup([ann, react], [[bob, vue]]);
  const gone = await send(boss, 'DELETE', `/group-payments/${id}`);
  const message = 'Group payment berhasil dihapus';
  t.same(said(gone), [200, { status: 'success', message, data: { message, deletedPaymentId: id } }]);
  t.equal((await send(ann, 'GET', `/group-payments/${id}`)).status, 404);
  t.equal((await send(boss, 'DELETE', `/group-payments/${id}`)).status, 404);
  t.equal((await send(ann, 'POST', '/group-payments', group(react, [bob.email, vue]))).status, 201);
});

t.test('the waiting ones come first, then the newest; of an admin and of services only (5)', async (t) => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index += 1) ids.push(await app.payForGroup([await app.umum(), react], [[await app.umum(), vue]]));
  const [oldest = '', middle = '', newest = ''] = ids;
  await must(boss, 'PATCH', `/group-payments/${newest}/approve`);
  const { list: all, message } = await must(boss, 'GET', '/group-payments');
  t.equal(message, 'Group payments retrieved successfully');
  t.same(all.map((each) => String(each['id'])).filter((id) => ids.includes(id)), [middle, oldest, newest]);
  const page = await send(app.service(), 'GET', '/group-payments?limit=1&page=2');
  t.same([page.status, page.list.map(({ id }) => id), page.raw.headers['x-total-count']], [200, [oldest], String(all.length)]);
});

t.test('who may (5)', async (t) => {
  const [umum, dike, guest] = [await app.umum(), await app.dike(), await app.guest()];
  const id = await app.payForGroup([umum, react], [[dike, vue]]);
  const wrongRole = [403, asError('Access denied. Insufficient privileges.')];
  const noToken = [401, asError('Authentication required. No valid token provided.')];
  for (const [method, path] of [['GET', ''], ['PATCH', `/${id}/approve`], ['DELETE', `/${id}`]] as const) {
    for (const caller of [umum, dike, guest]) t.same(said(await send(caller, method, `/group-payments${path}`)), wrongRole, `${method} ${path}`);
    t.same(said(await send(null, method, `/group-payments${path}`)), noToken);
  }
  const body = group(react, [dike.email, vue]);
  for (const [method, path, payload] of [['POST', '', body], ['GET', `/${id}`, undefined], ['POST', '/validate-emails', { emails: ['a@b'] }]] as const) {
    t.same(said(await send(null, method, `/group-payments${path}`, payload)), noToken);
    const nameless = await send(app.service(), method, `/group-payments${path}`, payload);
    t.match(said(nameless), [400, { status: 'error', details: [{ field: 'x-user-id' }] }], 'a service names the account');
  }
  const [other, admin] = [await app.umum(), await app.admin()];
  t.match((await must(app.service(other), 'POST', '/group-payments', group(react, [(await app.umum()).email, vue]))).data, { userId: other.id });
  t.match((await must(admin, 'POST', '/group-payments', group(react, [(await app.umum()).email, vue]))).data, { userId: admin.id, creator: { role: 'ADMIN' } });
  t.match((await must(guest, 'POST', '/group-payments', group(react, [(await app.umum()).email, vue]))).data, { userId: guest.id, type: 'UMUM', creator: { role: 'USER' } });
  t.equal((await send(app.service(), 'PATCH', `/group-payments/${id}/approve`)).status, 200);
});
