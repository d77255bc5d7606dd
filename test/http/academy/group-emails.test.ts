import t from 'tap';
import { createSales } from './sales.js';

const path = '/group-payments/validate-emails';

t.test('who can be invited (5)', async (t) => {
  const app = await createSales();
  t.teardown(() => app.close());
  const { send, must, react, vue, intermediate, entry, html, bundle } = app;
  const [ann, free, member] = [await app.umum(), await app.dike('Free'), await app.guest('Member')];
  const [waiting, approved, bundled, both, creator] = [await app.umum('Waiting'), await app.umum('Approved'), await app.umum('Bundled'), await app.umum('Both'), await app.umum('Creator')];
  await app.pay(waiting, 'UMUM', intermediate, react);
  await app.approve(await app.pay(approved, 'UMUM', intermediate, vue));
  await app.pay(bundled, 'UMUM', bundle);
  await app.approve(await app.pay(both, 'UMUM', bundle));
  await app.pay(free, 'DIKE', entry, html);
  await app.payForGroup([creator, vue], [[member, react]]);

  t.same((await must(ann, 'POST', path, { emails: [free.email, member.email] })).body, {
    status: 'success',
    message: 'Email validation completed',
    data: {
      validEmails: [free.email, member.email],
      invalidEmails: [],
      existingUsers: [[free, 'DIKE'] as const, [member, 'UMUM'] as const].map(([{ email, id: userId, name }, type]) => ({ email, userId, name, type })),
      nonExistingEmails: [],
      usersWithIntermediateEnrollment: [],
      usersWithBundleEnrollment: [],
      summary: { total: 2, valid: 2, invalid: 0, alreadyEnrolledIntermediate: 0, alreadyEnrolledBundle: 0 },
    },
  }, 'an ENTRY course is none, and a member of a group of another has paid for nothing');

  const emails = ['nobody@example.org', waiting.email, approved.email.toUpperCase(), bundled.email, both.email, creator.email, free.email];
  const answer = await send(ann, 'POST', path, { emails });
  t.same([answer.status, answer.message], [200, 'Email validation completed. 1 email tidak terdaftar. 3 user sudah terdaftar di kelas INTERMEDIATE. 2 user sudah terdaftar di paket BUNDLE']);
  t.match(answer.data, {
    validEmails: [free.email],
    invalidEmails: emails.slice(0, 6),
    nonExistingEmails: ['nobody@example.org'],
    usersWithIntermediateEnrollment: [
      { email: waiting.email, userId: waiting.id, name: 'Waiting', courseName: 'React in depth', enrollmentType: 'INTERMEDIATE_PENDING', isPending: true },
      { email: approved.email.toUpperCase(), courseName: 'Vue in depth', enrollmentType: 'INTERMEDIATE', isPending: false },
      { email: creator.email, courseName: 'Vue in depth', enrollmentType: 'INTERMEDIATE_PENDING', isPending: true },
    ],
    usersWithBundleEnrollment: [
      { email: bundled.email, courseName: 'Paket Bundle', enrollmentType: 'BUNDLE_PENDING', isPending: true },
      { email: both.email, enrollmentType: 'BUNDLE', isPending: false },
    ],
    summary: { total: 7, valid: 1, invalid: 6, alreadyEnrolledIntermediate: 3, alreadyEnrolledBundle: 2 },
  });
  t.equal((answer.data['existingUsers'] as readonly unknown[]).length, 6);
  t.match((await must(app.service(ann), 'POST', path, { emails: ['a@b'] })).data, { nonExistingEmails: ['a@b'] }, 'only an @ is looked for');

  const refusal = async (body: object | undefined) => {
    const { status, body: said } = await send(ann, 'POST', path, body);
    return [status, said];
  };
  for (const body of [{}, { emails: [] }, { emails: 'a@b' }, { emails: null }]) t.same(await refusal(body), [400, { status: 'error', message: 'Minimal 1 email harus diisi' }]);
  for (const body of [{ emails: ['a@b', 'nobody'] }, { emails: [7] }, { emails: [''] }, { emails: ['a@b\n'] }]) {
    t.same(await refusal(body), [400, { status: 'error', message: 'Semua email harus memiliki format yang valid' }]);
  }
  const many = Array.from({ length: 51 }, (_, index) => `m${index}@example.org`);
  t.match(await refusal({ emails: many }), [400, { message: 'Validation failed', details: [{ field: 'emails' }] }]);
});

t.test('it tells who has an account: 60 calls in 15 minutes, 300 of a network, services are exempt', async (t) => {
  const app = await createSales({ config: { rateLimit: true } });
  t.teardown(() => app.close());
  const [ann, bob] = [await app.umum(), await app.umum()];
  const ask = (as: { readonly headers: Readonly<Record<string, string>> }) => app.send(as, 'POST', path, { emails: ['a@b'] });
  for (let index = 0; index < 60; index += 1) t.equal((await ask(ann)).status, 200);
  const limited = await ask(ann);
  t.match([limited.status, limited.body], [429, { status: 'error', error: 'Too many requests', retryAfter: 900 }]);
  t.equal((await ask(bob)).status, 200, 'another account');
  t.equal((await ask(app.service(ann))).status, 200);
  app.clock.advance(15 * 60_000);
  t.equal((await ask(ann)).status, 200);

  const others = await Promise.all(Array.from({ length: 5 }, () => app.umum()));
  const asked = await Promise.all(others.flatMap((other) => Array.from({ length: 60 }, () => ask(other))));
  t.same([asked.filter(({ status }) => status === 200).length, asked.filter(({ status }) => status === 429).length], [299, 1], 'one was asked before');
  t.equal((await ask(bob)).status, 429);
});
