import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { emailIdOf } from '../../../src/commands/accounts/identifiers/find-account.js';
import { requestLetter } from '../../../src/commands/mails/request-letter.js';
import type { EventOfType } from '../../../src/domain/events.js';
import type { MailMessage } from '../../../src/ports/mailer.js';
import { academyCoursesProjection } from '../../../src/projections/academy-courses/projection.js';
import { mailCollection } from '../../../src/projections/mails/document.js';
import { classStarts } from '../../../src/workers/mails/class-starts.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { registered } from '../../projections/account-events.js';
import { Projected } from '../../projections/projected.js';
import { live, makeLog, mailEvents, until, type Log } from './email-fixture.js';

const accepting = () => {
  const given: MailMessage[] = [];
  return {
    given,
    send: async (message: MailMessage) => {
      given.push(message);
      return { outcome: 'sent' as const };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
};

type Submitted = EventOfType<'PackagePaymentSubmitted'>['data'];
const at = '2025-05-11T15:00:00.000Z';
const web = { courseId: 'web', title: 'Web Development' };
const game = { courseId: 'game', title: 'Game <b>Development</b>' };
const payment = {
  paymentId: 'pay-1', payerId: 'ann', packageId: 'p', packageName: 'Paket Entry', packageType: 'ENTRY', price: 49_000, courseId: 'web', courses: [web],
  payerType: 'UMUM', proofLink: 'https://proof.example/1', group: null, submittedAt: at,
} satisfies Submitted;
const bundle = { ...payment, packageName: 'Paket Bundle', packageType: 'BUNDLE', price: 130_000, courseId: null, courses: [web, game] } satisfies Submitted;
const group = {
  ...payment, packageName: 'Paket Intermediate', packageType: 'INTERMEDIATE', price: 90_000, courseId: null, courses: [web, game],
  group: {
    participants: [
      { userId: 'ann', courseId: 'web', courseName: 'Web Development' },
      { userId: 'bob', courseId: 'game', courseName: 'Game Development' },
      { userId: 'cec', courseId: 'web', courseName: 'Web Development' },
    ],
    originalAmount: '270000',
    discountedAmount: '243000',
  },
  inviteEmails: ['bob@example.org', 'cec@example.org'],
} satisfies Submitted;

const submit = (log: Log, data: Submitted): Promise<void> => log.record('packagePurchases-ann', { type: 'PackagePaymentSubmitted', data });

const approve = (log: Log, ...enrolled: readonly (readonly [userId: string, courseId: string])[]): Promise<void> => {
  const enrollments = enrolled.map(([userId, courseId]) => ({ enrollmentId: `${userId}-${courseId}`, userId, courseId }));
  const data = { paymentId: 'pay-1', approvalId: 'a', payerId: 'ann', packageId: 'p', packageType: 'BUNDLE', enrollments, approvedAt: '2025-05-20T20:00:00.000Z' } as const;
  return log.record('packagePurchases-ann', { type: 'PackagePaymentApproved', data });
};

/** The academy's accounts never verified their address: ann did not either. */
const logOfThree = async (): Promise<Log> => {
  const log = await makeLog({ verified: false });
  await log.record(...registered('bob', { name: 'Bob', email: 'bob@example.org' }));
  await log.record(...registered('cec', { name: 'Cec', email: 'cec@example.org' }));
  return log;
};

/** The mails that are sent until so many are. */
const sentBy = async (t: Test, log: Log, count: number, over: Parameters<typeof live>[2] = {}): Promise<readonly MailMessage[]> => {
  const mailer = accepting();
  const life = live(log, mailer, over);
  await until(log, 'MailSent', count);
  await log.checkpoints.whenLevel(['bus:mail-requests'], () => log.store.head());
  await life.stop();
  t.same(life.failures, []);
  t.same(life.letters, []);
  return mailer.given;
};

t.test('whoever paid gets a confirmation in Indonesian, with rupiah and date', async (t) => {
  const log = await logOfThree();
  await submit(log, payment);
  const [mail, ...others] = await sentBy(t, log, 1);
  t.same(others, []);
  t.match(mail, { to: { address: 'ann@example.com' }, subject: 'Payment Confirmation - OmahTI Academy' });
  for (const part of ['Halo Ann 123456 <i>Smith</i>,', 'Kelas: Web Development\n', 'Jumlah: Rp 49.000,00\n', 'Tanggal: 11 Mei 2025\n', 'Nomor transaksi: pay-1\n']) t.ok(mail?.text.includes(part), part);
  t.match(mail?.html, 'Halo Ann 123456 &lt;i&gt;Smith&lt;/i&gt;,');
});

t.test('an approval names all courses of a bundle, when they begin and where they are', async (t) => {
  const log = await logOfThree();
  await submit(log, bundle);
  await approve(log, ['ann', 'web'], ['ann', 'game']);
  const mails = await sentBy(t, log, 2, { classStarts: async (ids) => ids.map((id) => (id === 'web' ? '1 Juni 2025 pukul 19.00 WIB' : undefined)) });
  const mail = mails.find(({ subject }) => subject.startsWith('Enrollment'));
  t.equal(mails.length, 2);
  for (const part of ['Kelas: Web Development dan Game <b>Development</b>\n', 'Paket: Paket Bundle\n', 'Harga: Rp 130.000,00\n', 'Tanggal: 21 Mei 2025\n', 'Kelas Web Development dimulai 1 Juni 2025 pukul 19.00 WIB.\n', 'Buka halaman belajar: https://academy.example\n']) {
    t.ok(mail?.text.includes(part), part);
  }
  t.match(mail?.html, 'Game &lt;b&gt;Development&lt;/b&gt;');
  t.match(mail?.html, '<a href="https://academy.example">');
});

t.test('of a group of three each gets a mail of the own course and share, at the payment and at the approval', async (t) => {
  const log = await logOfThree();
  await submit(log, group);
  const paid = await sentBy(t, log, 3);
  t.same(paid.map(({ to }) => to.address).toSorted(), ['ann@example.com', 'bob@example.org', 'cec@example.org']);
  for (const { text } of paid) t.match(text, 'Jumlah: Rp 81.000,00');
  t.match(paid.find(({ to }) => to.name === 'Bob')?.text, 'Kelas: Game Development\n');
  await approve(log, ['ann', 'web'], ['bob', 'game'], ['cec', 'web']);
  const enrolled = await sentBy(t, log, 6);
  t.equal(enrolled.length, 3);
  for (const { text } of enrolled) {
    t.match(text, 'Harga: Rp 81.000,00');
    t.match(text, 'Jadwal kelas akan kami umumkan di halaman belajar.');
  }
  t.match(enrolled.find(({ to }) => to.name === 'Bob')?.text, 'Kelas: Game Development\n');
});

t.test('a mail about a payment that an admin deleted before is not sent', async (t) => {
  const log = await logOfThree();
  await submit(log, payment);
  await log.record('packagePurchases-ann', { type: 'PackagePaymentDeleted', data: { paymentId: 'pay-1', deletedAt: at } });
  const mailer = accepting();
  const life = live(log, mailer);
  const [withdrawn] = await until(log, 'MailWithdrawn');
  await life.stop();
  t.match(withdrawn?.data, { reason: 'the payment was deleted' });
  t.same(mailer.given, []);
});

t.test('an enrollment by a package is not confirmed in general words, too', async (t) => {
  const log = await makeLog();
  const enroll = (courseId: string, source: 'package' | 'free'): Promise<void> =>
    log.record(
      `enrollment-ann.${courseId}`,
      { type: 'StudentEnrolled', data: { studentId: 'ann', courseId, ...(source === 'package' ? { source } : {}), enrolledAt: at } },
      { type: 'AccessGranted', data: { studentId: 'ann', courseId, grantId: 'g', source, grantedAt: at } },
    );
  await enroll('c2', 'package');
  await enroll('c1', 'free');
  const mails = await sentBy(t, log, 1);
  t.same(mails.map(({ subject }) => subject), ['You are enrolled: Sewing <b>& more</b>']);
  t.same((await mailEvents(log)).filter((type) => type === 'MailRequested').length, 1);
});

t.test('mails are in the words that an admin gave', async (t) => {
  const log = await logOfThree();
  const data = { templateId: 'payment-confirmation', subject: 'Lunas: {{courseName}}', htmlContent: '<p>Hai {{username}} {{amount}}</p>', changedBy: 'ada', changedAt: at } as const;
  await log.record('mailTemplate-payment-confirmation', { type: 'MailTemplateChanged', data });
  await submit(log, { ...payment, courses: [game], courseId: 'game' });
  const [mail] = await sentBy(t, log, 1);
  t.match(mail, { subject: 'Lunas: Game <b>Development</b>', html: '<!DOCTYPE html><p>Hai Ann 123456 &lt;i&gt;Smith&lt;/i&gt; Rp 49.000,00</p>', text: 'Hai Ann 123456 <i>Smith</i> Rp 49.000,00\n' });
});

const values = { username: 'www.evil.example', courseName: 'Web', amount: 'Rp 1,00', transactionId: 't', date: '11 Mei 2025' };
const letterTo = (log: Log, address: string, over: Partial<typeof values> = {}) =>
  requestLetter(servicesOver(log.store, { clock: log.clock }))(
    { templateId: 'payment-confirmation', address, paymentId: 't', values: { ...values, ...over } },
    contextFor(randomUUID()),
  );

t.test('a letter goes to the address that a service named, whether an account has it or not, and once', async (t) => {
  const log = await logOfThree();
  const asked = await Promise.all(['nobody@example.net', 'Nobody@example.net', 'bob@example.org'].map((address) => letterTo(log, address)));
  const ids = asked.map((each) => each.ok && each.value.mailId);
  t.equal(ids[0], ids[1]);
  t.equal(new Set(ids).size, 2);
  const other = await letterTo(log, 'nobody@example.net', { amount: 'Rp 2,00' });
  t.not(other.ok && other.value.mailId, ids[0], 'other words are another mail');
  const mails = await sentBy(t, log, 3);
  t.same(mails.map(({ to }) => to.address.toLowerCase()).toSorted(), ['bob@example.org', 'nobody@example.net', 'nobody@example.net']);
  for (const { to, text } of mails) {
    t.equal(to.name, '');
    t.match(text, 'Halo Peserta,');
    t.notMatch(text, 'evil');
  }
  t.notMatch(JSON.stringify(await log.readModels.find(mailCollection, {})), 'example.net', 'the read model has no address');
});

t.test('a letter to an account that was deleted meanwhile is withdrawn', async (t) => {
  const log = await logOfThree();
  await log.record(`email-${emailIdOf('bob@example.org')}`, {
    type: 'IdentifierReserved',
    data: { kind: 'email', accountId: 'bob', holdId: 'h', reservedUntil: '2027-01-01T00:00:00.000Z', reservedAt: at },
  });
  await letterTo(log, 'bob@example.org');
  t.match((await until(log, 'MailRequested'))[0]?.data, { accountId: 'bob' });
  await log.record('account-bob', { type: 'AccountDeleted', data: { accountId: 'bob', avatarFile: null, deletedAt: at } });
  const mailer = accepting();
  const life = live(log, mailer);
  const [withdrawn] = await until(log, 'MailWithdrawn');
  await life.stop();
  t.match(withdrawn?.data, { reason: 'the account was deleted' });
  t.same(mailer.given, []);
});

t.test('an address that is no account’s has a budget, too', async (t) => {
  const log = await logOfThree();
  for (const amount of ['1', '2', '3']) await letterTo(log, 'nobody@example.net', { amount });
  const mailer = accepting();
  const life = live(log, mailer, { mailsPerHour: 2 });
  await until(log, 'MailPostponed');
  await until(log, 'MailSent', 2);
  await life.stop();
  t.equal(mailer.given.length, 2);
});

t.test('the next class of each course is looked up', async (t) => {
  const session = (startAt: string) => ({ id: startAt, startAt, durationHrs: 2, description: 'A class', createdAt: at, updatedAt: at });
  const course = { id: 'web', title: 'Web', description: 'd', level: 'beginner', quota: 1, deleted: false, createdAt: at, updatedAt: at } as const;
  const readModels = new (class extends Projected {
    override async getMany<D>(): Promise<readonly (D | undefined)[]> {
      return [{ ...course, sessions: [session('2026-02-01T12:00:00.000Z'), session('2026-03-02T12:00:00.000Z')] } as D, undefined];
    }
  })(academyCoursesProjection);
  const { clock } = await makeLog();
  t.same(await classStarts({ readModels, clock })(['web', 'none']), ['2 Maret 2026 pukul 19.00 WIB', undefined]);
});
