import { attemptLapsesAt } from '../../domain/mail/decider.js';
import type { MailEvent } from '../../domain/mail/events.js';
import { projection, rule, type RecordOf } from '../kernel/projection.js';
import { mailCollection, type MailDocument } from './document.js';

const mailIdOf = ({ data }: RecordOf<MailEvent['type']>): string => data.mailId;

const requested = ({ data, metadata }: RecordOf<'MailRequested'>): MailDocument => ({
  id: data.mailId,
  accountId: data.accountId,
  template: data.template,
  references: data.references,
  status: 'pending',
  attempts: 0,
  nextAttemptAt: data.requestedAt,
  correlationId: metadata.correlationId,
  reason: null,
  requestedAt: data.requestedAt,
  endedAt: null,
});

const failed = (mail: MailDocument, { reason, retryAt }: RecordOf<'MailAttemptFailed'>['data']): MailDocument => ({
  ...mail,
  status: 'failed',
  reason,
  nextAttemptAt: retryAt,
});

const ended = (mail: MailDocument, status: MailDocument['status'], reason: string | null, endedAt: string): MailDocument => ({
  ...mail,
  status,
  reason,
  nextAttemptAt: null,
  endedAt,
});

const resumed = (mail: MailDocument, nextAttemptAt: string): MailDocument => ({ ...mail, status: 'pending', reason: null, nextAttemptAt, endedAt: null });

export const mailsProjection = projection({
  name: 'mails',
  version: 2,
  collections: [mailCollection],
  rules: [
    rule(mailCollection, 'MailRequested', mailIdOf, (mail, event) => mail ?? requested(event)),
    rule(mailCollection, 'MailAttempted', mailIdOf, (mail, { data }) =>
      mail && { ...mail, attempts: data.attempt, nextAttemptAt: attemptLapsesAt(data.attemptedAt) }),
    rule(mailCollection, 'MailAttemptFailed', mailIdOf, (mail, { data }) => mail && failed(mail, data)),
    rule(mailCollection, 'MailPostponed', mailIdOf, (mail, { data }) => mail && { ...mail, nextAttemptAt: data.until }),
    rule(mailCollection, 'MailSent', mailIdOf, (mail, { data }) => mail && ended(mail, 'sent', null, data.sentAt)),
    rule(mailCollection, 'MailOutcomeUnknown', mailIdOf, (mail, { data }) => mail && ended(mail, 'unknown', data.reason, data.unknownAt)),
    rule(mailCollection, 'MailAbandoned', mailIdOf, (mail, { data }) => mail && ended(mail, 'abandoned', data.reason, data.abandonedAt)),
    rule(mailCollection, 'MailWithdrawn', mailIdOf, (mail, { data }) => mail && ended(mail, 'withdrawn', data.reason, data.withdrawnAt)),
    rule(mailCollection, 'MailResendRequested', mailIdOf, (mail, { data }) => mail && resumed(mail, data.requestedAt)),
    rule(mailCollection, 'MailSettled', mailIdOf, (mail, { data }) => mail && ended(mail, 'sent', null, data.settledAt)),
  ],
});
