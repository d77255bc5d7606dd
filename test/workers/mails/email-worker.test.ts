import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import t, { type Test } from 'tap';
import { OutboxMailer } from '../../../src/adapters/embedded/mailer.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import type { Mailer, MailMessage, MailOutcome } from '../../../src/ports/mailer.js';
import { countUndecidedMails, undecidedMails } from '../../../src/projections/mails/queries.js';
import { MortalEventStore } from '../../doubles/mortal-event-store.js';
import { keys, live, mailEvents, MailsOverLog, makeLog, until, type Log } from './email-fixture.js';

const makeOutbox = (t: Test) => {
  const folder = join(t.testdir(), 'outbox');
  const read = async (): Promise<readonly Email[]> => {
    const files = await readdir(folder).catch(() => []);
    return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))));
  };
  return { mailer: new OutboxMailer({ folder, from: 'Registrar <no-reply@example.com>' }), read };
};

/** Answers as it is told and remembers what it was given. */
class ScriptedMailer implements Mailer {
  readonly given: MailMessage[] = [];

  constructor(readonly answer: (message: MailMessage) => Promise<MailOutcome>) {}

  send(message: MailMessage): Promise<MailOutcome> {
    this.given.push(message);
    return this.answer(message);
  }
  async check(): Promise<void> {}
  async close(): Promise<void> {}
}
const failing = () => new ScriptedMailer(async () => ({ outcome: 'failed', reason: 'mailbox busy', permanent: false }));
const accepting = () => new ScriptedMailer(async () => ({ outcome: 'sent' }));

const sixDigits = (text: string): readonly string[] => text.match(/\d{6}/g) ?? [];

const codeMails: readonly (readonly [OtpPurpose, string])[] = [
  ['email_verification', 'Verify your email address'],
  ['password_reset', 'Reset your password'],
  ['login_verification', 'Your login code'],
  ['two_factor_change', 'Your code to turn two-factor on or off'],
];
for (const [purpose, subject] of codeMails) {
  t.test(`${purpose}: the code is the only six-digit number of the text`, async (t) => {
    const log = await makeLog();
    const { mailer, read } = makeOutbox(t);
    await log.issueCode('otp-1', purpose);
    const life = live(log, mailer);
    await until(log, 'MailSent');
    await life.stop();
    const [mail, ...others] = await read();
    t.same(others, []);
    t.equal(mail?.subject, subject);
    t.match(mail?.to, [{ address: 'ann@example.com' }]);
    t.same(sixDigits(mail?.text ?? ''), [oneTimeCode(keys, 'otp-1')]);
    t.same(sixDigits(mail?.html ?? ''), [oneTimeCode(keys, 'otp-1')]);
    t.match(mail?.text, '1 March 2026, 12:10 UTC');
  });
}

t.test('a receipt shows lines, discount and total; what people typed is escaped', async (t) => {
  const log = await makeLog();
  const { mailer, read } = makeOutbox(t);
  const life = live(log, mailer);
  await log.capture('p1');
  await until(log, 'MailSent');
  await life.stop();
  const [mail] = await read();
  t.equal(mail?.subject, 'Your receipt: USD 1,170.00');
  for (const part of ['Hello Ann 123456 <i>Smith</i>', '- Sewing <b>& more</b>: USD 1,299.00\n- Knots: USD 1.00\n', 'Subtotal: USD 1,300.00', 'Discount (SPRING): -USD 130.00', 'Total: USD 1,170.00', '1 March 2026, 12:00 UTC']) {
    t.ok(mail?.text?.includes(part), part);
  }
  for (const part of ['Ann 123456 &lt;i&gt;Smith&lt;/i&gt;', 'Sewing &lt;b&gt;&amp; more&lt;/b&gt;', 'USD 1,299.00', '-USD 130.00']) t.ok(mail?.html?.includes(part), part);
  t.notOk(/INV-|<%|undefined|null/.test(`${mail?.text}${mail?.html}`));
});

t.test('issue 9.14: a receipt has the places of the currency, not those of the language', async (t) => {
  for (const [currency, total, printed] of [['HUF', '1010.50', 'HUF 1,010.50'], ['JPY', '1010', 'JPY 1,010'], ['KWD', '1.250', 'KWD 1.250']] as const) {
    const log = await makeLog();
    const { mailer, read } = makeOutbox(t);
    const life = live(log, mailer);
    await log.capture(`payment-${currency}`, { currency, total });
    await until(log, 'MailSent');
    await life.stop();
    const subjects = (await read()).map(({ subject }) => subject);
    t.ok(subjects.includes(`Your receipt: ${printed}`), `${printed} among ${subjects.join(' | ')}`);
  }
});

t.test('an enrollment is confirmed with the title of the course', async (t) => {
  const log = await makeLog();
  const { mailer, read } = makeOutbox(t);
  const life = live(log, mailer);
  await log.enroll('c1');
  await until(log, 'MailSent');
  await life.stop();
  const [mail] = await read();
  t.equal(mail?.subject, 'You are enrolled: Sewing <b>& more</b>');
  t.match(mail?.html, 'Sewing &lt;b&gt;&amp; more&lt;/b&gt;');
});

t.test('a mail is sent once per event, also when the bus delivers everything again', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const first = live(log, mailer);
  await log.capture('p1');
  await log.enroll('c1');
  await until(log, 'MailSent', 2);
  await first.stop();
  await log.checkpoints.set('bus:mail-requests', 0n);
  const head = await log.store.head();
  const second = live(log, mailer);
  await log.checkpoints.whenLevel(['bus:mail-requests'], () => log.store.head());
  await second.stop();
  t.equal(mailer.given.length, 2);
  t.equal(await log.store.head(), head);
});

t.test('two processes that look for mails at the same time send each once', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const lives = [live(log, mailer), live(log, mailer, { readModels: new MailsOverLog(log.store) })];
  for (let number = 1; number <= 20; number += 1) await log.capture(`p${number}`);
  await until(log, 'MailSent', 20);
  await Promise.all(lives.map(({ stop }) => stop()));
  const given = mailer.given.map(({ id }) => id);
  t.equal(new Set(given).size, 20);
  t.equal(given.length, 20);
});

t.test('pitfall 22: read models that are replayed, and so name mails that were sent, send nothing', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const life = live(log, mailer);
  await log.capture('p1');
  const [sent] = await until(log, 'MailSent');
  await life.stop();
  class Stale extends MailsOverLog {
    override publish(events: Parameters<MailsOverLog['publish']>[0]): void {
      super.publish(events.filter(({ position }) => position < (sent?.position ?? 0n)));
    }
  }
  const head = await log.store.head();
  log.clock.advance(120_000);
  const again = live(log, mailer, { readModels: new Stale(log.store) });
  await log.clock.whenWaiting(new Date(log.clock.now().getTime() + 1_000));
  await again.stop();
  t.equal(mailer.given.length, 1);
  t.equal(await log.store.head(), head);
});

const waitForTry = async (log: Log, seconds: number): Promise<void> => {
  const time = new Date(log.clock.now().getTime() + seconds * 1_000);
  while (log.clock.now() < time) {
    await log.clock.whenWaiting(time);
    log.clock.set(log.clock.nextDue ?? time);
  }
};

t.test('a failed mail is tried again with back-off, then is a dead letter', async (t) => {
  const log = await makeLog();
  const mailer = failing();
  const life = live(log, mailer);
  await log.capture('p1');
  for (const [index, seconds] of [30, 120, 600, 3_600, 21_600].entries()) {
    await until(log, 'MailAttemptFailed', index + 1);
    await waitForTry(log, seconds);
  }
  await until(log, 'MailAbandoned');
  await life.stop();
  t.equal(mailer.given.length, 6);
  t.equal(new Set(mailer.given.map(({ id, date }) => `${id} ${date}`)).size, 1, 'the same mail each time');
  t.equal(await countUndecidedMails(log.readModels, 'abandoned'), 1);
  t.match(await undecidedMails(log.readModels, 'abandoned', 10), [{ template: 'payment-receipt', status: 'abandoned', attempts: 6, reason: 'mailbox busy' }]);
});

t.test('a permanent failure is a dead letter at once', async (t) => {
  const log = await makeLog();
  const mailer = new ScriptedMailer(async () => ({ outcome: 'failed', reason: 'no such mailbox', permanent: true }));
  const life = live(log, mailer);
  await log.capture('p1');
  await until(log, 'MailAbandoned');
  await life.stop();
  t.match(await undecidedMails(log.readModels, 'abandoned', 10), [{ attempts: 1, reason: 'no such mailbox' }]);
});

t.test('an unknown outcome is not sent again blindly', async (t) => {
  const log = await makeLog();
  const mailer = new ScriptedMailer(async () => ({ outcome: 'unknown', reason: 'connection lost after the data' }));
  const life = live(log, mailer);
  await log.capture('p1');
  await until(log, 'MailOutcomeUnknown');
  await waitForTry(log, 60);
  await life.stop();
  t.equal(mailer.given.length, 1);
  t.match(await undecidedMails(log.readModels, 'unknown', 10), [{ reason: 'connection lost after the data' }]);
});

t.test('killed before it recorded the outcome: a server that takes the same mail twice is not given it again', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const mortal = new MortalEventStore(log.store, { atAppend: 4, afterwards: false });
  await log.capture('p1');
  const doomed = live(log, mailer, { store: mortal });
  while (!mortal.isDead) await new Promise((resolve) => setImmediate(resolve));
  await doomed.stop();
  log.clock.advance(60_000);
  const life = live(log, mailer);
  await until(log, 'MailOutcomeUnknown');
  await life.stop();
  t.equal(mailer.given.length, 1);
  t.match(await undecidedMails(log.readModels, 'unknown', 10), [{ attempts: 1, reason: 'whoever handed it over recorded none' }]);
});

t.test('killed with a mail under way, the only process on its log sends it at its next start, or says that it may have arrived', async (t) => {
  const { mailer: outbox, read } = makeOutbox(t);
  for (const [next, outcome] of [[outbox, 'MailSent'], [accepting(), 'MailOutcomeUnknown']] as const) {
    const log = await makeLog({ shared: false });
    const mailId = randomUUID();
    const at = log.clock.now().toISOString();
    const wanted = { mailId, accountId: 'ann', template: 'enrollment-confirmation' as const, references: { courseId: 'c1' }, sourceEventId: 'e', requestedAt: at };
    await log.record(`mail-${mailId}`, { type: 'MailRequested', data: wanted }, { type: 'MailAttempted', data: { mailId, attempt: 1, attemptedAt: at } });
    // Less than the minute after which an attempt lapses where others may be at it.
    log.clock.advance(1_000);
    const life = live(log, next);
    await until(log, outcome);
    await life.stop();
    t.same(life.failures, []);
  }
  t.equal((await read()).length, 1);
});

t.test('a mailer that hangs keeps no other mail waiting, and its mail’s outcome is unknown', async (t) => {
  const log = await makeLog();
  const mailer = new ScriptedMailer(({ subject }) => (subject.startsWith('Your receipt') ? new Promise(() => undefined) : Promise.resolve({ outcome: 'sent' })));
  const life = live(log, mailer);
  await log.capture('p1');
  await until(log, 'MailAttempted');
  await log.enroll('c1');
  await until(log, 'MailSent');
  await waitForTry(log, 45);
  await until(log, 'MailOutcomeUnknown');
  await life.stop();
  t.match(await undecidedMails(log.readModels, 'unknown', 10), [{ template: 'payment-receipt', reason: /no answer/i }]);
});

t.test('what can not be rendered is a failure of that mail alone', async (t) => {
  const log = await makeLog();
  const mailer = accepting();
  const life = live(log, mailer);
  await log.enroll('no-such-course');
  await log.enroll('c1');
  const [failed] = await until(log, 'MailAttemptFailed');
  await until(log, 'MailSent');
  await life.stop();
  t.match(failed?.data, { reason: 'there is no such course' });
  t.same(life.failures, []);
});

const withdrawals: readonly (readonly [string, (log: Log) => Promise<void>])[] = [
  ['was replaced', (log) => log.issueCode('otp-2')],
  ['was used', (log) => log.record('otp-email_verification.ann', { type: 'OtpUsed', data: { otpId: 'otp-1', accountId: 'ann', purpose: 'email_verification', usedAt: log.clock.now().toISOString() } })],
  ['has expired', async (log) => log.clock.advance(600_000)],
  ['was for another password', async (log) => {
    const data = { accountId: 'ann', passwordHash: 'other', reason: 'changed', changedAt: log.clock.now().toISOString() } as const;
    await log.record('account-ann', { type: 'AccountPasswordChanged', data });
  }],
];
for (const [reason, happen] of withdrawals) {
  t.test(`a code that ${reason} is not sent, and is no dead letter`, async (t) => {
    const log = await makeLog();
    await log.issueCode('otp-1');
    await happen(log);
    const mailer = accepting();
    const life = live(log, mailer);
    const [withdrawn] = await until(log, 'MailWithdrawn');
    if (reason === 'was replaced') await until(log, 'MailSent');
    await life.stop();
    t.match(withdrawn?.data, { reason: `the code ${reason}` });
    t.equal(mailer.given.length, reason === 'was replaced' ? 1 : 0);
    t.equal(await countUndecidedMails(log.readModels, 'abandoned'), 0);
  });
}

t.test('issue 9.21: the address before is told of a change, with a link that undoes it', async (t) => {
  const log = await makeLog();
  const changedAt = log.clock.now().toISOString();
  const changeOf = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
  const verified = { accountId: 'ann', email: 'ann@example.com', verifiedAt: changedAt };
  const moved = { accountId: 'ann', email: 'eve@example.com', previousEmail: 'ann@example.com', proof: 'session', changeId: changeOf(1), changedAt } as const;
  const reset = { accountId: 'ann', passwordHash: 'other', reason: 'reset', changeId: changeOf(2), changedAt } as const;
  await log.record(
    'account-ann',
    { type: 'AccountEmailVerified', data: verified },
    { type: 'AccountEmailChanged', data: moved },
    { type: 'AccountPasswordChanged', data: reset },
    { type: 'AccountEmailVerified', data: { ...verified, email: 'eve@example.com', changeId: changeOf(3) } },
  );
  const mailer = accepting();
  const life = live(log, mailer);
  await until(log, 'MailSent', 3);
  await life.stop();
  t.same(new Set(mailer.given.map(({ to }) => to.address)), new Set(['ann@example.com']));
  for (const { subject, text, html } of mailer.given) {
    t.match(subject, /address|password/);
    t.notMatch(`${subject}${text}${html}`, 'eve@');
    const [token = ''] = /(?<=https:\/\/shop\.example\/auth\/undo-change\?token=)[\w.-]+/.exec(text) ?? [];
    t.ok(html.includes(token));
  }
});

t.test('the owner is told when two-factor is turned off or an identity linked, and not what a sign-up does by itself', async (t) => {
  const log = await makeLog();
  const at = log.clock.now().toISOString();
  const ann = { accountId: 'ann' };
  const identity = { provider: 'google', subject: 'subject-of-ann' } as const;
  const changeOf = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
  await log.record(
    'account-ann',
    { type: 'AccountEmailVerified', data: { ...ann, email: 'ann@example.com', verifiedAt: at } },
    { type: 'AccountTwoFactorEnabled', data: { ...ann, enabledAt: at } },
    { type: 'ExternalIdentityLinked', data: { ...ann, identity, changeId: changeOf(1), linkedAt: at } },
    { type: 'AccountTwoFactorDisabled', data: { ...ann, changeId: changeOf(2), disabledAt: at } },
    { type: 'ExternalIdentityLinked', data: { ...ann, identity, linkedAt: at } },
  );
  const mailer = accepting();
  const life = live(log, mailer);
  await until(log, 'MailSent', 2);
  await life.stop();
  t.same(mailer.given.map(({ subject }) => subject).sort(), ['Two-factor login was turned off', 'Your account can now be logged in to with Google']);
  for (const { to, text } of mailer.given) {
    t.equal(to.address, 'ann@example.com');
    t.match(text, /https:\/\/shop\.example\/auth\/undo-change\?token=/);
    t.notMatch(text, 'subject-of-ann');
  }
});

t.test('killed at each step in turn, before and after its append, it leaves one mail', async (t) => {
  const steps: DomainEvent['type'][] = ['MailRequested', 'MailBudgetSpent', 'MailAttempted', 'MailSent'];
  for (const [index, step] of steps.entries()) {
    for (const afterwards of [false, true]) {
      await t.test(`${step} ${afterwards ? 'recorded' : 'not recorded'}`, async (t) => {
        const log = await makeLog();
        const { mailer, read } = makeOutbox(t);
        const mortal = new MortalEventStore(log.store, { atAppend: index + 1, afterwards });
        await log.issueCode('otp-1');
        const doomed = live(log, mailer, { store: mortal });
        while (!mortal.isDead) await new Promise((resolve) => setImmediate(resolve));
        await doomed.stop();
        // An attempt is repeated when it has lapsed.
        log.clock.advance(60_000);
        const life = live(log, mailer);
        await until(log, 'MailSent');
        await life.stop();
        const mails = await read();
        t.equal(mails.length, 1);
        t.same(sixDigits(mails[0]?.text ?? ''), [oneTimeCode(keys, 'otp-1')]);
        const types = await mailEvents(log);
        t.equal(types.filter((type) => type === 'MailRequested').length, 1);
        t.equal(types.filter((type) => type === 'MailSent').length, 1);
      });
    }
  }
});
