import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { MailTemplate } from '../../domain/mail/events.js';
import type { OtpPurpose } from '../../domain/otp/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { DoneCommands } from '../loops/past-commands.js';
import type { Position, RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export interface MailRequestServices extends Pick<CommandServices, 'handler' | 'clock'> {
  /** Absent: nothing is known to be requested, the store is asked. */
  readonly past?: DoneCommands;
}

export const MAIL_REQUESTS = 'mail-requests';

interface Wanted {
  readonly accountId: string;
  readonly template: MailTemplate;
  readonly references: Readonly<Record<string, string>>;
  /** Whose of several mails of the template it is. */
  readonly of?: string;
}

const CODE_MAILS: Readonly<Record<OtpPurpose, MailTemplate>> = {
  email_verification: 'verification-code',
  password_reset: 'password-reset',
  password_reset_link: 'password-reset',
  login_verification: 'login-code',
  second_factor: 'login-code',
  two_factor_change: 'two-factor-code',
};

const receipt = async (
  { handler }: MailRequestServices,
  { paymentId, capturedAt }: EventOfType<'PaymentCaptured'>['data'],
  position: Position,
): Promise<readonly Wanted[]> => {
  const { state } = await handler.load(aggregates.payment, paymentId, position);
  if (state.status === 'none' || state.payerId === null) return [];
  return [{ accountId: state.payerId, template: 'payment-receipt', references: { paymentId, capturedAt } }];
};

const notice = (template: MailTemplate, { accountId, changeId }: { accountId: string; changeId?: string }): readonly Wanted[] =>
  changeId === undefined ? [] : [{ accountId, template, references: { changeId } }];

/** A package's payment has a mail of its own, and before its first address is verified an account is told nothing that it did not ask for. */
const enrolled = async (
  { handler }: MailRequestServices,
  { studentId, courseId, source }: EventOfType<'StudentEnrolled'>['data'],
  position: Position,
): Promise<readonly Wanted[]> => {
  if (source === 'package') return [];
  const { state: student } = await handler.load(aggregates.account, studentId, position);
  const isProved = student.status === 'registered' && student.activatedEmail !== null;
  return isProved ? [{ accountId: studentId, template: 'enrollment-confirmation', references: { courseId } }] : [];
};

const toEach = (accountIds: readonly string[], template: MailTemplate, references: Wanted['references']): readonly Wanted[] =>
  [...new Set(accountIds)].map((accountId) => ({ accountId, template, references, of: accountId }));

const paid = ({ paymentId, payerId, group, submittedAt: at }: EventOfType<'PackagePaymentSubmitted'>['data']): readonly Wanted[] =>
  toEach(group?.participants.map(({ userId }) => userId) ?? [payerId], 'package-payment-confirmation', { paymentId, payerId, at });

const approved = ({ paymentId, payerId, enrollments, approvedAt: at }: EventOfType<'PackagePaymentApproved'>['data']): readonly Wanted[] =>
  toEach(enrollments.map(({ userId }) => userId), 'package-enrollment-confirmation', { paymentId, payerId, at });

const wantedBy = async (services: MailRequestServices, { type, data, position }: RecordedEvent<DomainEvent>): Promise<readonly Wanted[]> => {
  switch (type) {
    case 'OtpIssued': {
      const { accountId, purpose, otpId } = data;
      return [{ accountId, template: CODE_MAILS[purpose], references: { otpId, purpose } }];
    }
    case 'PaymentCaptured':
      return receipt(services, data, position);
    case 'StudentEnrolled':
      return enrolled(services, data, position);
    case 'PackagePaymentSubmitted':
      return paid(data);
    case 'PackagePaymentApproved':
      return approved(data);
    case 'MemberInvited':
      return [{ accountId: data.userId, template: 'organization-invitation', references: { organizationId: data.organizationId } }];
    case 'AccountEmailChanged':
    case 'AccountEmailVerified':
      return notice('address-changed', data);
    case 'AccountPasswordChanged':
      return notice('password-changed', data);
    case 'AccountTwoFactorDisabled':
      return notice('two-factor-disabled', data);
    case 'ExternalIdentityLinked':
      return notice('identity-linked', data);
    case 'PasswordGuessingNoticed':
      return data.accountId === null ? [] : [{ accountId: data.accountId, template: 'wrong-passwords', references: {} }];
    default:
      return [];
  }
};

const mailIdOf = (eventId: string, template: MailTemplate, of?: string): string => uuidV5(of === undefined ? template : `${template}.${of}`, eventId);

const commandIdOf = (mailId: string): string => uuidV5('request-mail', mailId);

const request = async ({ handler, clock, past }: MailRequestServices, { of, ...wanted }: Wanted, { id, metadata }: RecordedEvent<DomainEvent>): Promise<void> => {
  const mailId = mailIdOf(id, wanted.template, of);
  const commandId = commandIdOf(mailId);
  if (past?.has(commandId) === true) return;
  const data = { mailId, ...wanted, sourceEventId: id, at: clock.now().toISOString() };
  await handler.handle(aggregates.mail, mailId, { type: 'RequestMail', data }, {
    commandId,
    actorId: null,
    correlationId: metadata.correlationId,
    causationId: id,
  });
};

/** What these events call for depends on more than themselves, but it is never more than this one mail. */
const ONLY_MAILS: Readonly<Partial<Record<DomainEvent['type'], MailTemplate>>> = { PaymentCaptured: 'payment-receipt', StudentEnrolled: 'enrollment-confirmation' };

/** Requests the mails that events call for. A mail's stream is named after event, template and person, so a repeat requests nothing. */
export const mailRequestConsumer = (services: MailRequestServices): Consumer<DomainEvent> => ({
  name: MAIL_REQUESTS,
  categories: ['otp', 'payment', 'enrollment', 'account', 'passwordTries', 'membership', 'packagePurchases'],
  handle: async (event) => {
    const only = ONLY_MAILS[event.type];
    await services.past?.upTo(event.position);
    if (only !== undefined && services.past?.has(commandIdOf(mailIdOf(event.id, only))) === true) return;
    for (const wanted of await wantedBy(services, event)) await request(services, wanted, event);
  },
});
