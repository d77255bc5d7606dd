import t from 'tap';
import type { MailMessage, MailOutcome } from '../../../src/ports/mailer.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import { live, MailsOverLog, makeLog, mailEvents, until, type Log } from './email-fixture.js';

const HOUR_MS = 60 * 60_000;

const accepting = () => {
  const given: MailMessage[] = [];
  return {
    given,
    send: async (message: MailMessage): Promise<MailOutcome> => {
      given.push(message);
      return { outcome: 'sent' };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
};

/** Over once each requested mail was sent, withdrawn or postponed. */
const decided = async (log: Log, count: number): Promise<void> => {
  const isDecision = (type: string): boolean => ['MailSent', 'MailWithdrawn', 'MailPostponed'].includes(type);
  while ((await mailEvents(log)).filter(isDecision).length < count) await new Promise((resolve) => setImmediate(resolve));
};

t.test('issue 9.23: before its first address is verified an account gets the codes that were asked for, and receipts for money', async (t) => {
  const log = await makeLog({ verified: false });
  const mailer = accepting();
  const life = live(log, mailer);
  const purposes: readonly OtpPurpose[] = ['email_verification', 'password_reset', 'login_verification', 'second_factor'];
  for (const purpose of purposes) await log.issueCode(`otp-${purpose}`, purpose);
  await log.capture('paid');
  await log.capture('free', { subtotal: '0.00', discount: '0.00', total: '0.00' });
  await log.enroll('c1');
  await log.record('passwordTries-x', { type: 'PasswordGuessingNoticed', data: { triesId: 'x', accountId: 'ann', noticedAt: log.clock.now().toISOString() } });
  await decided(log, 7);
  await life.stop();
  t.same(life.failures, []);
  t.equal(mailer.given.length, 5);
  t.equal(mailer.given.filter(({ subject }) => subject.startsWith('Your receipt')).length, 1);
  const withheld = await until(log, 'MailWithdrawn', 2);
  t.same(withheld.map(({ data }) => 'reason' in data && data.reason), Array.from({ length: 2 }, () => 'the address was never verified'));
  t.equal((await until(log, 'MailRequested', 7)).filter(({ data }) => 'template' in data && data.template === 'enrollment-confirmation').length, 0, 'not even asked for');
});

t.test('issue 9.23: of fifty mails at once, sent by two processes, an hour’s go out, and then the others, hour by hour', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const lives = [live(log, mailer), live(log, mailer, { readModels: new MailsOverLog(log.store) })];
  for (let number = 0; number < 50; number += 1) await log.capture(`p${number}`);
  await decided(log, 50);
  t.equal(mailer.given.length, 20);
  for (const sent of [40, 50]) {
    log.clock.advance(HOUR_MS);
    await until(log, 'MailSent', sent);
    t.equal(mailer.given.length, sent);
  }
  await Promise.all(lives.map(({ stop }) => stop()));
  t.equal(new Set(mailer.given.map(({ id }) => id)).size, 50, 'each once');
  t.equal((await mailEvents(log)).filter((type) => type === 'MailPostponed').length, 30, 'each waits once');
});

t.test('issue 9.23: the budget outlives the process, and another account has its own', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const first = live(log, mailer, { mailsPerHour: 2 });
  for (const paymentId of ['p1', 'p2']) await log.capture(paymentId);
  await until(log, 'MailSent', 2);
  await first.stop();
  const second = live(log, mailer, { mailsPerHour: 2 });
  await log.capture('p3');
  const [postponed] = await until(log, 'MailPostponed');
  t.match(postponed?.data, { until: '2026-03-01T13:00:00.000Z' });
  t.equal(mailer.given.length, 2);
  await log.issueCode('otp-1');
  await until(log, 'MailSent', 3);
  await second.stop();
  t.equal(mailer.given.at(-1)?.subject, 'Verify your email address', 'a code waits for no receipt');
});

t.test('issue 9.24: the owner is told of wrong passwords, once for each time that they were noticed', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const life = live(log, mailer);
  const noticed = (accountId: string | null) =>
    ({ type: 'PasswordGuessingNoticed', data: { triesId: 'x', accountId, noticedAt: log.clock.now().toISOString() } }) as const;
  await log.record('passwordTries-x', noticed(null), noticed('ann'));
  await until(log, 'MailSent');
  await life.stop();
  t.match(mailer.given, [{ subject: 'Wrong passwords were given for your account', to: { address: 'ann@example.com' } }]);
});
