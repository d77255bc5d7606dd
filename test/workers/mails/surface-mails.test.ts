import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { Mailer, MailMessage, MailOutcome } from '../../../src/ports/mailer.js';
import { printResetToken } from '../../../src/commands/accounts/reset-link.js';
import { keys, live, makeLog, until, type Log } from './email-fixture.js';

class KeptMails implements Mailer {
  readonly given: MailMessage[] = [];

  async send(message: MailMessage): Promise<MailOutcome> {
    this.given.push(message);
    return { outcome: 'sent' };
  }
  async check(): Promise<void> {}
  async close(): Promise<void> {}
}

t.test('a code that was asked for through EduPro is mailed in its words, and others in those of all', async (t) => {
  const cases = [
    ['email_verification', 'edupro', 'Welcome to EduPro'],
    ['password_reset', 'edupro', 'EduPro password reset OTP'],
    ['password_reset', undefined, 'Reset your password'],
    ['email_verification', 'academy', 'Selamat datang di OmahTI Academy'],
  ] as const;
  for (const [purpose, surface, subject] of cases) {
    const log = await makeLog();
    await log.issueCode('code', purpose, 'ann@example.com', surface);
    const mailer = new KeptMails();
    const life = live(log, mailer);
    await until(log, 'MailSent');
    await life.stop();
    t.match(mailer.given, [{ to: { address: 'ann@example.com' }, subject }], `${purpose} ${surface ?? ''}`);
    t.match(mailer.given[0]?.text, new RegExp(`\\b${oneTimeCode(keys, 'code')}\\b`));
  }
});

t.test('the academy mails a link that sets a new password, and no code', async (t) => {
  const log = await makeLog();
  await log.issueCode('code', 'password_reset_link', 'ann@example.com', 'academy');
  const mailer = new KeptMails();
  const life = live(log, mailer);
  await until(log, 'MailSent');
  await life.stop();
  const [mail] = mailer.given;
  t.match(mail, { to: { address: 'ann@example.com' }, subject: 'Atur ulang kata sandi - OmahTI Academy', text: /WIB/ });
  const link = `https://academy.example/reset-password?token=${printResetToken(keys, { accountId: 'ann', otpId: 'code' })}`;
  t.ok(mail?.text.includes(`\n${link}\n`));
  t.ok(mail?.html.includes(`<a href="${link}">`));
  t.match(mail?.html, /<html lang="id">/);
  t.match(mail?.text, /akun Anda di OmahTI Academy/);
  t.notMatch(`${mail?.text} ${mail?.html}`, new RegExp(`\\b${oneTimeCode(keys, 'code')}\\b`));
});

t.test('a link is mailed neither late, nor after another one, nor to another address', async (t) => {
  const withdrawn = async (prepare: (log: Log) => Promise<void>) => {
    const log = await makeLog();
    await prepare(log);
    const mailer = new KeptMails();
    const life = live(log, mailer);
    const [event] = await until(log, 'MailWithdrawn');
    await life.stop();
    return event?.type === 'MailWithdrawn' ? event.data.reason : undefined;
  };
  const ask = (log: Log, otpId: string, email = 'ann@example.com') => log.issueCode(otpId, 'password_reset_link', email, 'academy');
  t.equal(
    await withdrawn(async (log) => {
      await ask(log, 'late');
      log.clock.advance(15 * 60_000);
    }),
    'the code has expired',
  );
  t.equal(
    await withdrawn(async (log) => {
      await ask(log, 'first');
      await ask(log, 'second');
    }),
    'the code was replaced',
  );
  t.equal(await withdrawn((log) => ask(log, 'other', 'other@example.com')), 'the code was for another address');
});
