import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const MailTemplateId = Type.Enum(['payment-confirmation', 'enrollment-confirmation']);
export type MailTemplateId = Static<typeof MailTemplateId>;

export const mailTemplateEvents = [
  defineEvent('MailTemplateChanged', 'An admin gave mails of this kind other words. Those before stay in the history.', {
    templateId: MailTemplateId,
    subject: Type.String(),
    htmlContent: Type.String(),
    changedBy: Id,
    changedAt: Timestamp,
  }),
] as const;

export type MailTemplateEvent = EventOf<(typeof mailTemplateEvents)[number]>;
