import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { allProjections } from '../../../src/projections/index.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createAcademyApp } from './academy-app.js';
import { createSales, NIL, NOBODY, PROOF } from './sales.js';

const app = await createSales();
t.teardown(() => app.close());
const { send, must, pay, approve, boss, html, css, react, vue, entry, intermediate, bundle } = app;

const body = { packageId: entry, courseId: html, type: 'UMUM', proofLink: PROOF };
const refused = (message: string) => ({ status: 'error', message });

t.test('a student pays for an ENTRY course (section 4)', async (t) => {
  const student = await app.umum();
  const answer = await send(student, 'POST', '/payments', body);
  t.same([answer.status, answer.message], [201, 'Pembayaran berhasil dibuat']);
  const { id, createdAt, updatedAt, ...data } = answer.data;
  t.same(data, {
    userId: student.id, packageId: entry, courseId: html, type: 'UMUM', proofLink: PROOF, status: 'PAID', isGroupPayment: false, inviteEmails: null, invitedUserIds: null,
    groupStatus: null, originalAmount: null, discountedAmount: null, totalParticipants: null, memberCourses: null, packageName: 'Paket Entry', packageType: 'ENTRY', price: 49_000,
  });
  t.match([id, createdAt, updatedAt], [/^[0-9a-f-]{36}$/, /Z$/, createdAt]);
});

t.test('of a BUNDLE the courseId is the nil UUID', async (t) => {
  const student = await app.dike();
  const { data } = await must(student, 'POST', '/payments', { packageId: bundle, type: 'DIKE', proofLink: PROOF });
  t.match(data, { courseId: NIL, packageType: 'BUNDLE', price: 130_000, status: 'PAID' });
});

t.test('1: the shape of the body is checked first, and wrong fields are named in details', async (t) => {
  const student = await app.umum();
  const cases = [
    [{}, [['packageId', 'Package ID is required'], ['type', 'Type is required'], ['proofLink', 'Proof Link is required']]],
    [{ ...body, packageId: 'no-uuid' }, [['packageId', 'Package ID must be a valid UUID']]],
    [{ ...body, courseId: 'no-uuid' }, [['courseId', 'Course ID must be a valid UUID']]],
    [{ ...body, type: 'USER' }, [['type', 'Type must be one of: DIKE, UMUM']]],
    [{ ...body, proofLink: 'http://proofs.example/receipt' }, [['proofLink', 'Proof Link must be a URL of https']]],
    [{ ...body, proofLink: 'https://a' }, [['proofLink', 'Proof Link must be at least 10 characters']]],
    [{ ...body, proofLink: 'no link at all' }, [['proofLink', 'Proof Link must be a URL of https']]],
  ] as const;
  for (const [sent, wrong] of cases) {
    const answer = await send(student, 'POST', '/payments', sent);
    t.equal(answer.status, 400);
    t.same(answer.body, { ...refused('Validation failed'), details: wrong.map(([field, message]) => ({ field, message })) });
  }
});

t.test('2: an account that is gone, as a session says that has not heard of it', async (t) => {
  const late = allProjections.map((projection) => {
    const { name, rules } = projection;
    return name === 'sessions' ? { ...projection, rules: rules.filter(({ eventType }) => eventType !== 'AccountDeleted') } : projection;
  });
  const lagging = await createAcademyApp({ projections: late });
  t.teardown(() => lagging.close());
  const [admin, student] = [await lagging.admin(), await lagging.umum()];
  const actor = { accountId: admin.id, role: 'admin' } as const;
  t.ok((await deleteAccount(lagging.services.commands)({ actor, accountId: student.id }, contextFor())).ok);
  const answer = await lagging.send(student, 'POST', '/payments', { ...body, type: 'DIKE', packageId: NOBODY });
  t.same([answer.status, answer.body], [404, refused('User tidak ditemukan')]);
});

t.test('3 and 4: the type is that of the account, and the package exists', async (t) => {
  const [umum, dike] = [await app.umum(), await app.dike()];
  const answers = [
    await send(umum, 'POST', '/payments', { ...body, packageId: NOBODY, type: 'DIKE' }),
    await send(dike, 'POST', '/payments', body),
    await send(umum, 'POST', '/payments', { ...body, packageId: NOBODY }),
  ];
  t.same(answers.map(({ status, body: said }) => [status, said]), [
    [400, refused('Pengguna UMUM hanya dapat membuat pembayaran dengan tipe UMUM')],
    [400, refused('Pengguna DIKE hanya dapat membuat pembayaran dengan tipe DIKE')],
    [404, refused('Paket tidak ditemukan')],
  ]);
});

t.test('5: an INTERMEDIATE class is one, and not beside a bundle', async (t) => {
  const [one, two] = [await app.umum(), await app.umum()];
  const again = (as: typeof one) => send(as, 'POST', '/payments', { packageId: intermediate, type: 'UMUM', proofLink: PROOF });
  await pay(one, 'UMUM', intermediate, react);
  const sentence = (course: string) => refused(`Anda sudah terdaftar di kelas INTERMEDIATE: ${course}. Hanya boleh mengambil 1 kelas INTERMEDIATE.`);
  t.same((await again(one)).body, sentence('React in depth'), 'asked before the course');
  const paid = await pay(two, 'UMUM', bundle);
  const waiting = await again(two);
  t.same([waiting.status, waiting.body], [400, sentence('Paket Bundle (Menunggu Approval)')]);
  await approve(paid);
  t.same((await again(two)).body, sentence('Paket Bundle'));
});

t.test('6 and 7: a course is needed, and one of the package', async (t) => {
  const student = await app.umum();
  const without = await send(student, 'POST', '/payments', { packageId: entry, type: 'UMUM', proofLink: PROOF });
  t.same([without.status, without.body], [400, refused('CourseId diperlukan untuk paket non-bundle (ENTRY atau INTERMEDIATE)')]);
  const other = await send(student, 'POST', '/payments', { ...body, courseId: react });
  t.same([other.status, other.body], [400, refused('Course yang dipilih bukan bagian dari paket yang dipilih')]);
});

t.test('8: a course that was deleted', async (t) => {
  const gone = await app.course('ENTRY', 'Soon gone');
  await must(boss, 'POST', `/packages/${entry}/courses`, { courseId: gone });
  await must(boss, 'DELETE', `/courses/admin/${gone}`);
  const answer = await send(await app.umum(), 'POST', '/payments', { ...body, courseId: gone });
  t.same([answer.status, answer.body], [400, refused('Kelas tidak ditemukan')]);
});

t.test('9 and 10: a bundle has no course of choice, and stands alone', async (t) => {
  const student = await app.umum();
  const chosen = await send(student, 'POST', '/payments', { ...body, packageId: bundle });
  t.same([chosen.status, chosen.body], [400, refused('CourseId tidak boleh disertakan untuk paket BUNDLE')]);
  await pay(student, 'UMUM', entry, css);
  const beside = await send(student, 'POST', '/payments', { packageId: bundle, type: 'UMUM', proofLink: PROOF });
  t.same([beside.status, beside.body], [400, refused('Anda tidak dapat mendaftar paket bundle karena sudah terdaftar di kelas lain')]);
});

t.test('11 and 12: nothing after a bundle, and one of each level', async (t) => {
  const [one, two] = [await app.umum(), await app.dike()];
  await pay(one, 'UMUM', bundle);
  const after = await send(one, 'POST', '/payments', body);
  t.same([after.status, after.body], [400, refused('Anda tidak dapat mendaftar kelas baru karena sudah terdaftar di paket bundle')]);
  await pay(two, 'DIKE', entry, html);
  const twice = await send(two, 'POST', '/payments', { ...body, courseId: css, type: 'DIKE' });
  t.same([twice.status, twice.body], [400, refused('Anda sudah terdaftar di kelas entry. Tidak dapat mendaftar di kelas entry lainnya')]);
  await pay(two, 'DIKE', intermediate, vue);
});

t.test('20 tabs of one person make one payment', async (t) => {
  const student = await app.umum();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(student, 'POST', '/payments', body)));
  t.same(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(400)]);
  t.equal((await must(student, 'GET', '/payments/my-payments')).list.length, 1);
});

t.test('who may pay: students, and services in the name of an account', async (t) => {
  const student = await app.umum();
  const nobody = await send(null, 'POST', '/payments', body);
  t.same([nobody.status, nobody.body], [401, refused('Authentication required. No valid token provided.')]);
  for (const caller of [boss, await app.guest()]) {
    const answer = await send(caller, 'POST', '/payments', body);
    t.same([answer.status, answer.body], [403, refused('Access denied. Insufficient privileges.')]);
  }
  const unnamed = await send(app.service(), 'POST', '/payments', body);
  t.match([unnamed.status, unnamed.body], [400, { message: 'Validation failed', details: [{ field: 'x-user-id' }] }]);
  const named = await send(app.service(student), 'POST', '/payments', body);
  t.match([named.status, named.data], [201, { userId: student.id }]);
});

t.test('the payer sends another proof while the payment waits (section 4)', async (t) => {
  const [student, stranger] = [await app.umum('Siti Rahma'), await app.umum()];
  const id = await pay(student, 'UMUM', entry, html);
  const path = `/payments/${id}/update`;
  app.clock.advance(1_000);
  const changed = await send(student, 'PATCH', path, { proofLink: `${PROOF}/2` });
  t.same([changed.status, changed.message], [200, 'Payment updated successfully']);
  t.match(changed.data, { id, proofLink: `${PROOF}/2`, status: 'PAID', packageName: 'Paket Entry', user: { name: 'Siti Rahma' }, courseName: 'HTML basics' });
  t.ok(String(changed.data['updatedAt']) > String(changed.data['createdAt']));

  for (const nothing of [undefined, {}, { status: 'APPROVED' }]) {
    const answer = await send(student, 'PATCH', path, nothing);
    t.same([answer.status, answer.body], [400, refused('No valid fields provided for update')]);
  }
  const insecure = await send(student, 'PATCH', path, { proofLink: 'http://a' });
  t.same([insecure.status, insecure.body], [400, {
    status: 'error',
    message: [
      { field: 'proofLink', message: 'Proof Link must be at least 10 characters' },
      { field: 'proofLink', message: 'Proof Link must be a URL of https' },
    ],
  }]);
  const long = await send(student, 'PATCH', path, { proofLink: `https://a.example/${'a'.repeat(2_048)}` });
  t.same([long.status, long.message], [400, [{ field: 'proofLink', message: 'Proof Link must be at most 2048 characters' }]]);
  const missing = await send(student, 'PATCH', `/payments/${NOBODY}/update`, { proofLink: PROOF });
  t.same([missing.status, missing.body], [404, refused('Payment not found')]);
  const others = await send(stranger, 'PATCH', path, { proofLink: PROOF });
  t.same([others.status, others.body], [403, refused('You are not authorized to update this payment')]);
  for (const caller of [boss, await app.guest()]) {
    const answer = await send(caller, 'PATCH', path, { proofLink: PROOF });
    t.same([answer.status, answer.body], [403, refused('Access denied. Insufficient privileges.')]);
  }
  t.equal((await send(null, 'PATCH', path, { proofLink: PROOF })).status, 401);
  t.equal((await send(app.service(student), 'PATCH', path, { proofLink: PROOF })).status, 200);
  t.equal((await send(app.service(), 'PATCH', path, { proofLink: PROOF })).status, 400);
  await approve(id);
  const approved = await send(student, 'PATCH', path, { proofLink: `${PROOF}/3` });
  t.same([approved.status, approved.body], [400, refused('Payment is already approved')]);
});

t.test('8 and 10: a course without a free seat in the pool of the package', async (t) => {
  const small = await createSales({ seats: { ENTRY: 1, INTERMEDIATE: 0, BUNDLE: 1 } });
  t.teardown(() => small.close());
  const [one, two] = [await small.umum(), await small.umum()];
  await small.approve(await small.pay(one, 'UMUM', small.entry, small.html));
  const full = await small.send(two, 'POST', '/payments', { packageId: small.entry, courseId: small.html, type: 'UMUM', proofLink: PROOF });
  t.same([full.status, full.body], [400, refused('Kuota kelas entry untuk "HTML basics" sudah penuh (1/1)')]);
  const none = await small.send(two, 'POST', '/payments', { packageId: small.intermediate, courseId: small.vue, type: 'UMUM', proofLink: PROOF });
  t.same([none.status, none.body], [400, refused('Kuota kelas intermediate untuk "Vue in depth" sudah penuh (0/0)')]);
  await small.approve(await small.pay(two, 'UMUM', small.bundle));
  const bundled = await small.send(await small.umum(), 'POST', '/payments', { packageId: small.bundle, type: 'UMUM', proofLink: PROOF });
  t.same([bundled.status, bundled.body], [400, refused('Kuota kelas bundle untuk "HTML basics" sudah penuh (1/1)')]);
});
