import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { MailEvent } from './events.js';
import { evolve, later, mailDueAt, type Mail, type Requested, type RequestedMail } from './state.js';

export { attemptLapsesAt, mailDueAt, type Letter, type Mail } from './state.js';

interface Addressed {
  readonly mailId: string;
  readonly at: string;
}

export type MailCommand =
  | Message<'RequestMail', Omit<Requested, 'requestedAt'> & { at: string }>
  /** aloneSince: since then nobody but the sender of this command hands mails over; null where others may. */
  | Message<'AttemptMail', Addressed & { aloneSince: string | null }>
  | Message<'RecordMailSent', Addressed & { attempt: number }>
  | Message<'RecordMailFailure', Addressed & { attempt: number; reason: string; permanent: boolean }>
  | Message<'RecordMailOutcomeUnknown', Addressed & { attempt: number; reason: string }>
  /** Does nothing where the mail is not due: an attempt may be under way. */
  | Message<'PostponeMail', Addressed & { until: string; aloneSince: string | null }>
  | Message<'WithdrawMail', Addressed & { reason: string }>
  | Message<'ResendMail', Addressed & { requestedBy: string }>
  | Message<'MarkMailSent', Addressed & { settledBy: string }>;

export type MailRejection =
  | 'mail-not-requested'
  | 'mail-not-due'
  | 'mail-already-sent'
  | 'mail-abandoned'
  | 'mail-outcome-unknown'
  | 'mail-withdrawn'
  | 'mail-not-given-up';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** The wait after each failed attempt; one failure more is the last. */
const BACK_OFF_MS = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];
const MOST_ATTEMPTS = BACK_OFF_MS.length + 1;

type MailDecision = Decision<MailEvent, MailRejection>;

const ENDED = {
  sent: 'mail-already-sent',
  unknown: 'mail-outcome-unknown',
  abandoned: 'mail-abandoned',
  withdrawn: 'mail-withdrawn',
} as const satisfies Record<Exclude<RequestedMail['status'], 'pending'>, MailRejection>;

export const decide = (command: MailCommand, mail: Mail): MailDecision => {
  if (command.type === 'RequestMail') return mail.status === 'none' ? request(command.data) : accept();
  if (mail.status === 'none') return reject('mail-not-requested');
  const { mailId, at } = command.data;
  switch (command.type) {
    case 'AttemptMail':
      return attempt(command.data, mail);
    case 'RecordMailSent':
      if (mail.status === 'sent') return accept();
      return accept({ type: 'MailSent', data: { mailId, attempt: command.data.attempt, sentAt: at } });
    case 'RecordMailFailure':
      return lacksOutcome(command.data.attempt, mail) ? fail(command.data, mail) : accept();
    case 'RecordMailOutcomeUnknown': {
      const { attempt: number, reason } = command.data;
      return mail.status === 'pending' && lacksOutcome(number, mail) ? accept(outcomeUnknown(mailId, number, reason, at)) : accept();
    }
    case 'PostponeMail': {
      const { until, aloneSince } = command.data;
      if (mail.status !== 'pending' || at < mailDueAt(mail, aloneSince)) return accept();
      return accept({ type: 'MailPostponed', data: { mailId, until, postponedAt: at } });
    }
    case 'WithdrawMail':
      if (mail.status === 'sent' || mail.status === 'withdrawn') return accept();
      return accept({ type: 'MailWithdrawn', data: { mailId, reason: command.data.reason, withdrawnAt: at } });
    case 'ResendMail':
      return resend(command.data, mail);
    case 'MarkMailSent':
      return markSent(command.data, mail);
  }
};

/** A late answer is an outcome, too. */
const lacksOutcome = (attempt: number, mail: RequestedMail): boolean =>
  attempt === mail.attempts && (mail.status === 'unknown' || (mail.status === 'pending' && mail.attemptedAt !== null));

const request = ({ at, ...data }: Extract<MailCommand, { type: 'RequestMail' }>['data']): MailDecision =>
  accept({ type: 'MailRequested', data: { ...data, requestedAt: at } });

const attempt = ({ mailId, at, aloneSince }: Extract<MailCommand, { type: 'AttemptMail' }>['data'], mail: RequestedMail): MailDecision => {
  if (mail.status !== 'pending') return reject(ENDED[mail.status]);
  const dueAt = mailDueAt(mail, aloneSince);
  if (Date.parse(at) < Date.parse(dueAt)) return reject('mail-not-due', { dueAt });
  if (mail.attempts - mail.spent >= MOST_ATTEMPTS) return accept(outcomeUnknown(mailId, mail.attempts, 'nobody recorded that of the last attempt', at));
  return accept({ type: 'MailAttempted', data: { mailId, attempt: mail.attempts + 1, attemptedAt: at } });
};

type Failure = Extract<MailCommand, { type: 'RecordMailFailure' }>['data'];

const fail = ({ mailId, attempt: number, reason, permanent, at }: Failure, { spent }: RequestedMail): MailDecision => {
  const wait = permanent ? undefined : BACK_OFF_MS[number - spent - 1];
  const retryAt = wait === undefined ? null : later(at, wait);
  const failed: MailEvent = { type: 'MailAttemptFailed', data: { mailId, attempt: number, reason, retryAt, failedAt: at } };
  return retryAt === null ? accept(failed, abandoned(mailId, reason, at)) : accept(failed);
};

/** Idempotent: a pending mail is not requested again. */
const resend = ({ mailId, requestedBy, at }: Extract<MailCommand, { type: 'ResendMail' }>['data'], mail: RequestedMail): MailDecision => {
  if (mail.status === 'pending') return accept();
  if (mail.status === 'sent' || mail.status === 'withdrawn') return reject(ENDED[mail.status]);
  return accept({ type: 'MailResendRequested', data: { mailId, requestedBy, requestedAt: at } });
};

const markSent = ({ mailId, settledBy, at }: Extract<MailCommand, { type: 'MarkMailSent' }>['data'], mail: RequestedMail): MailDecision => {
  if (mail.status === 'sent') return accept();
  if (mail.status === 'pending') return reject('mail-not-given-up', { dueAt: mail.dueAt });
  if (mail.status === 'withdrawn') return reject('mail-withdrawn');
  return accept({ type: 'MailSettled', data: { mailId, settledBy, settledAt: at } });
};

const outcomeUnknown = (mailId: string, attempt: number, reason: string, unknownAt: string): MailEvent => ({
  type: 'MailOutcomeUnknown',
  data: { mailId, attempt, reason, unknownAt },
});

const abandoned = (mailId: string, reason: string, at: string): MailEvent => ({
  type: 'MailAbandoned',
  data: { mailId, reason, abandonedAt: at },
});

export const mailDecider: Decider<Mail, MailCommand, MailEvent, MailRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status !== 'none' && status !== 'pending',
  begins: ({ type }) => type === 'RequestMail',
};
