import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { Mailer, MailMessage, MailOutcome } from '../../../src/ports/mailer.js';
import { printResetToken } from '../../../src/commands/accounts/reset-link.js';
import { keys, live, makeLog, until } from './email-fixture.js';

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
  await log.issueCode('code', 'password_reset', 'ann@example.com', 'academy');
  const mailer = new KeptMails();
  const life = live(log, mailer);
  await until(log, 'MailSent');
  await life.stop();
  const [mail] = mailer.given;
  t.match(mail, { to: { address: 'ann@example.com' }, subject: 'Atur ulang kata sandi - OmahTI Academy', text: /WIB/ });
  const accountId = /token=([^.]+)\./.exec(mail?.text ?? '')?.[1] ?? '';
  t.ok(mail?.text.includes(`/reset-password?token=${printResetToken(keys, { accountId, otpId: 'code' })}`));
  t.notMatch(`${mail?.text} ${mail?.html}`, new RegExp(`\\b${oneTimeCode(keys, 'code')}\\b`));
});
