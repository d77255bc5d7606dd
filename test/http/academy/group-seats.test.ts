import t from 'tap';
import type { Member } from './academy-app.js';
import { createSales, PROOF } from './sales.js';

const failed = (reason: string) => ({ status: 'error', message: `Gagal approve group payment: ${reason}` });

t.test('a group is enrolled as a whole or not at all, and waits on where a seat is missing (5)', async (t) => {
  const app = await createSales({ seats: { INTERMEDIATE: 2 } });
  t.teardown(() => app.close());
  const { send, must, boss, react, vue, intermediate } = app;
  const people = await Promise.all(Array.from({ length: 6 }, (_, index) => app.umum(`Person ${index}`)));
  const [ann, bob, cid, dan, eve, fay] = people as [Member, Member, Member, Member, Member, Member];
  const first = await app.payForGroup([ann, react], [[bob, vue]]);
  const second = await app.payForGroup([cid, react], [[dan, vue], [eve, vue]]);
  await must(boss, 'PATCH', `/group-payments/${first}/approve`);

  const refused = await send(boss, 'PATCH', `/group-payments/${second}/approve`);
  t.same([refused.status, refused.body], [400, failed('Kuota kelas intermediate untuk "Vue in depth" sudah penuh (1/2)')]);
  t.match((await must(cid, 'GET', `/group-payments/${second}`)).data, { status: 'PAID', groupStatus: 'PENDING' });
  for (const member of [cid, dan, eve]) t.same((await must(member, 'GET', '/enrollments/isenrolled')).data, { isEnrolled: false, enrollmentCount: 0 });

  const full = await send(fay, 'POST', '/group-payments', {
    packageId: intermediate, creatorCourseId: react, proofLink: PROOF,
    members: [{ email: dan.email, courseId: vue }, { email: eve.email, courseId: vue }],
  });
  const why = 'Gagal membuat group payment: Creator course validation failed: Kuota kelas intermediate untuk "Vue in depth" sudah penuh (1/2)';
  t.same([full.status, full.body], [400, { status: 'error', message: why }], 'no more is sold than there is');
});

t.test('of two admins at once one approves a group (5)', async (t) => {
  const app = await createSales();
  t.teardown(() => app.close());
  const { send, boss, react, vue } = app;
  const id = await app.payForGroup([await app.umum(), react], [[await app.umum(), vue]]);
  const other = await app.admin();
  const answers = await Promise.all([boss, other, boss, other].map((admin) => send(admin, 'PATCH', `/group-payments/${id}/approve`)));
  t.same(answers.map(({ status }) => status).toSorted(), [200, 400, 400, 400]);
  for (const { status, body } of answers) if (status === 400) t.same(body, failed('Group payment sudah diapprove'));
  t.equal((await app.events()).filter(({ type }) => type === 'PackagePaymentApproved').length, 1);
});

t.test('who has a seat already is named, and nobody of the group is enrolled (5)', async (t) => {
  const app = await createSales();
  t.teardown(() => app.close());
  const { send, must, boss, react, vue, intermediate } = app;
  const [ann, bob] = [await app.umum(), await app.umum()];
  const id = await app.payForGroup([ann, react], [[bob, vue]]);
  await app.approve(await app.pay(bob, 'UMUM', intermediate, vue));
  const refused = await send(boss, 'PATCH', `/group-payments/${id}/approve`);
  t.same([refused.status, refused.body], [400, failed(`Failed to create enrollment for user ${bob.id}: already enrolled in "Vue in depth"`)]);
  t.same((await must(ann, 'GET', '/enrollments/isenrolled')).data, { isEnrolled: false, enrollmentCount: 0 });
  t.equal((await send(boss, 'DELETE', `/group-payments/${id}`)).status, 200, 'it waits: it can be deleted');
});
