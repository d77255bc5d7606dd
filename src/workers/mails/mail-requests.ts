import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { MailTemplate } from '../../domain/mail/events.js';
import type { OtpPurpose } from '../../domain/otp/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type MailRequestServices = Pick<CommandServices, 'handler' | 'clock'>;

export const MAIL_REQUESTS = 'mail-requests';

interface Wanted {
  readonly accountId: string;
  readonly template: MailTemplate;
  readonly references: Readonly<Record<string, string>>;
}

const CODE_MAILS: Readonly<Record<OtpPurpose, MailTemplate>> = {
  email_verification: 'verification-code',
  password_reset: 'password-reset',
  login_verification: 'login-code',
  second_factor: 'login-code',
  two_factor_change: 'two-factor-code',
};

const receipt = async (
  { handler }: MailRequestServices,
  { paymentId, capturedAt }: EventOfType<'PaymentCaptured'>['data'],
): Promise<Wanted | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId);
  if (state.status === 'none' || state.payerId === null) return undefined;
  return { accountId: state.payerId, template: 'payment-receipt', references: { paymentId, capturedAt } };
};

const notice = (template: MailTemplate, { accountId, changeId }: { accountId: string; changeId?: string }): Wanted | undefined =>
  changeId === undefined ? undefined : { accountId, template, references: { changeId } };

const wantedBy = async (services: MailRequestServices, { type, data }: RecordedEvent<DomainEvent>): Promise<Wanted | undefined> => {
  switch (type) {
    case 'OtpIssued': {
      const { accountId, purpose, otpId } = data;
      return { accountId, template: CODE_MAILS[purpose], references: { otpId, purpose } };
    }
    case 'PaymentCaptured':
      return receipt(services, data);
    case 'StudentEnrolled':
      return { accountId: data.studentId, template: 'enrollment-confirmation', references: { courseId: data.courseId } };
    case 'MemberInvited':
      return { accountId: data.userId, template: 'organization-invitation', references: { organizationId: data.organizationId } };
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
      return data.accountId === null ? undefined : { accountId: data.accountId, template: 'wrong-passwords', references: {} };
    default:
      return undefined;
  }
};

/** Requests the mails that events call for. A mail's stream is named after event and template, so a repeat requests nothing. */
export const mailRequestConsumer = (services: MailRequestServices): Consumer<DomainEvent> => ({
  name: MAIL_REQUESTS,
  categories: ['otp', 'payment', 'enrollment', 'account', 'passwordTries', 'membership'],
  handle: async (event) => {
    const wanted = await wantedBy(services, event);
    if (wanted === undefined) return;
    const mailId = uuidV5(wanted.template, event.id);
    const data = { mailId, ...wanted, sourceEventId: event.id, at: services.clock.now().toISOString() };
    await services.handler.handle(aggregates.mail, mailId, { type: 'RequestMail', data }, {
      commandId: uuidV5('request-mail', mailId),
      actorId: null,
      correlationId: event.metadata.correlationId,
      causationId: event.id,
    });
  },
});
