import { undoableChange } from '../../domain/account/addresses.js';
import type { RegisteredAccount } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { addressForCode, emailIdOf } from '../../commands/accounts/identifiers/find-account.js';
import { oneTimeCode } from '../../commands/accounts/one-time-code.js';
import { printResetToken } from '../../commands/accounts/reset-link.js';
import { printUndoToken } from '../../commands/accounts/undo-token.js';
import { loadMembership } from '../../commands/organizations/standing.js';
import type { MailSurface } from '../../domain/otp/events.js';
import type { Position } from '../../ports/event-store.js';
import { FactMissing, notNeeded, notProved, recipient, reference, type MailContent, type MailContentServices, type RequestedMail } from './content.js';
import { isPackageMail, letterContent, packageContent } from './package-content.js';
import { receiptContent } from './receipt-content.js';
import { academyPasswordResetMail, academyWelcomeMail } from './templates/academy-mails.js';
import { eduproPasswordResetMail, eduproWelcomeMail } from './templates/edupro-mails.js';
import { checkpointMail } from './templates/checkpoint-mail.js';
import { loginCodeMail, passwordResetMail, twoFactorCodeMail, verificationCodeMail } from './templates/code-mails.js';
import { enrollmentMail } from './templates/enrollment-mail.js';
import { timeText } from './templates/formats.js';
import { indonesianDateTime } from '../../primitives/western-indonesia-time.js';
import { addressChangedMail, identityLinkedMail, passwordChangedMail, twoFactorDisabledMail, wrongPasswordsMail } from './templates/notice-mails.js';
import { invitationMail } from './templates/invitation-mail.js';

/** By the surface that the code was asked for through; others have the words of all. */
const CODE_MAILS_OF: Readonly<Record<MailSurface, Partial<typeof CODE_MAILS>>> = {
  edupro: { 'verification-code': eduproWelcomeMail, 'password-reset': eduproPasswordResetMail },
  academy: { 'verification-code': academyWelcomeMail },
};

const CODE_MAILS = {
  'verification-code': verificationCodeMail,
  'password-reset': passwordResetMail,
  'login-code': loginCodeMail,
  'two-factor-code': twoFactorCodeMail,
};

/** Looks up the facts of the mail as they are now, after its request: the mail itself holds neither an address nor a code. */
export const mailContent = async (services: MailContentServices, mail: RequestedMail, requested: Position): Promise<MailContent> => {
  const { state: account } = await services.handler.load(aggregates.account, mail.accountId, requested);
  if ('letter' in mail && mail.letter !== undefined && isPackageMail(mail.template)) return letterContent(services, mail.template, mail.letter, account);
  if (mail.template === 'audit-checkpoint') return checkpointContent(mail);
  if (account.status !== 'registered') return notNeeded('there is no such account');
  const to = recipient(account.name, account.recoveryEmail);
  const isProved = account.activatedEmail !== null;
  switch (mail.template) {
    case 'verification-code':
    case 'password-reset':
    case 'login-code':
    case 'two-factor-code':
      return codeContent(services, mail, mail.template, account);
    case 'address-changed':
    case 'password-changed':
    case 'two-factor-disabled':
    case 'identity-linked':
      return noticeContent(services, mail, mail.template, account);
    case 'payment-receipt':
      return receiptContent(services, mail, requested, { to, name: account.name, isProved });
    case 'wrong-passwords':
      return isProved ? { needed: true, to, rendered: wrongPasswordsMail({}) } : notProved;
    case 'organization-invitation':
      return isProved ? invitationContent(services, mail, account) : notProved;
    case 'package-payment-confirmation':
    case 'package-enrollment-confirmation':
      return packageContent(services, mail, mail.template, account);
    case 'enrollment-confirmation': {
      if (!isProved) return notProved;
      const { state: course } = await services.handler.load(aggregates.course, reference(mail, 'courseId'), requested);
      if (course.status === 'none') throw new FactMissing('there is no such course');
      return { needed: true, to, rendered: enrollmentMail({ name: account.name, course: course.details.title }) };
    }
  }
};

/** Goes to an address of the configuration, whatever accounts there are. */
const checkpointContent = (mail: RequestedMail): MailContent => {
  const { size, note, vkey } = ('letter' in mail ? mail.letter?.values : undefined) ?? {};
  if (!('letter' in mail) || mail.letter === undefined || size === undefined || note === undefined || vkey === undefined) throw new FactMissing('a checkpoint has to be in its letter');
  return { needed: true, to: recipient('', mail.letter.address), rendered: checkpointMail({ size, note, vkey }) };
};

const invitationContent = async (services: MailContentServices, mail: RequestedMail, account: RegisteredAccount): Promise<MailContent> => {
  const organizationId = reference(mail, 'organizationId');
  const [{ state: organization }, membership] = await Promise.all([
    services.handler.load(aggregates.organization, organizationId),
    loadMembership(services, organizationId, mail.accountId),
  ]);
  if (organization.status !== 'active' || membership.status !== 'invited') return notNeeded('the invitation was answered or taken back');
  const { name, recoveryEmail } = account;
  return { needed: true, to: recipient(name, recoveryEmail), rendered: invitationMail({ name, organization: organization.name }) };
};

const NOTICES = {
  'address-changed': addressChangedMail,
  'password-changed': passwordChangedMail,
  'two-factor-disabled': twoFactorDisabledMail,
  'identity-linked': identityLinkedMail,
};

const noticeContent = (
  { clock, keys, publicUrl }: MailContentServices,
  mail: RequestedMail,
  template: keyof typeof NOTICES,
  account: RegisteredAccount,
): MailContent => {
  const { accountId, name } = account;
  const changeId = reference(mail, 'changeId');
  const change = undoableChange(account, changeId, clock.now().toISOString());
  if (change === undefined) return notNeeded('the change can no longer be undone');
  const link = `${publicUrl}/auth/undo-change?token=${printUndoToken(keys, { accountId, changeId })}`;
  return { needed: true, to: recipient(name, change.address), rendered: NOTICES[template]({ link, goodUntil: timeText(change.until) }) };
};

const wordsOf = (surface: MailSurface | undefined, template: keyof typeof CODE_MAILS) =>
  (surface === undefined ? undefined : CODE_MAILS_OF[surface][template]) ?? CODE_MAILS[template];

const codeContent = async (
  { handler, clock, keys, academyUrl }: MailContentServices,
  mail: RequestedMail,
  template: keyof typeof CODE_MAILS,
  account: RegisteredAccount,
): Promise<MailContent> => {
  const otpId = reference(mail, 'otpId');
  const { state: otp } = await handler.load(aggregates.otp, `${reference(mail, 'purpose')}.${mail.accountId}`);
  const { name, credentialsVersion } = account;
  if (otp.status === 'none' || otp.otpId !== otpId) return notNeeded('the code was replaced');
  if (otp.status !== 'issued') return notNeeded('the code was used');
  if (otp.expiresAt <= clock.now().toISOString()) return notNeeded('the code has expired');
  const address = addressForCode(account, otp.purpose);
  if (otp.emailId !== emailIdOf(address)) return notNeeded('the code was for another address');
  if ((otp.credentialsVersion ?? credentialsVersion) !== credentialsVersion) return notNeeded('the code was for another password');
  const to = recipient(name, address);
  const goodUntil = otp.surface === 'academy' ? `${indonesianDateTime(otp.expiresAt)} WIB` : timeText(otp.expiresAt);
  if (otp.purpose === 'password_reset_link') {
    const link = `${academyUrl}/reset-password?token=${printResetToken(keys, { accountId: mail.accountId, otpId })}`;
    return { needed: true, to, rendered: academyPasswordResetMail({ link, goodUntil }) };
  }
  return { needed: true, to, rendered: wordsOf(otp.surface, template)({ code: oneTimeCode(keys, otpId), goodUntil }) };
};

/** Whoever was charged is told where, proved or not: nobody pays to send mails to a stranger. */
