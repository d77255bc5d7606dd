import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../decider.js';
import type { MailEvent } from './events.js';

type Requested = Extract<MailEvent, { type: 'MailRequested' }>['data'];

interface Addressed {
  readonly mailId: string;
  readonly at: string;
}

export type MailCommand =
  | Message<'RequestMail', Omit<Requested, 'requestedAt'> & { at: string }>
  | Message<'AttemptMail', Addressed>
  | Message<'RecordMailSent', Addressed & { attempt: number }>
  | Message<'RecordMailFailure', Addressed & { attempt: number; reason: string; permanent: boolean }>
  | Message<'WithdrawMail', Addressed & { reason: string }>;

export type MailRejection = 'mail-not-requested' | 'mail-not-due' | 'mail-already-sent' | 'mail-abandoned';

interface MailFacts extends Omit<Requested, 'requestedAt'> {
  readonly attempts: number;
}

export type Mail =
  | Readonly<{ status: 'none' }>
  /** underWay: handed over, outcome unknown; when nobody records one by `dueAt` it may be attempted again, where a repeat is harmless. */
  | Readonly<{ status: 'pending'; dueAt: string; underWay: boolean } & MailFacts>
  | Readonly<{ status: 'sent' | 'abandoned' | 'withdrawn' } & MailFacts>;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** The wait after each failed attempt; a failure after the last of them is the last. */
const BACK_OFF_MS = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];
const MOST_ATTEMPTS = BACK_OFF_MS.length + 1;
const ATTEMPT_LIMIT_MS = MINUTE_MS;

const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
/** From when on an attempt whose outcome nobody recorded may be repeated. */
export const attemptLapsesAt = (attemptedAt: string): string => later(attemptedAt, ATTEMPT_LIMIT_MS);

type MailDecision = Decision<MailEvent, MailRejection>;

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
      if (mail.status !== 'pending' || !mail.underWay || command.data.attempt !== mail.attempts) return accept();
      return fail(command.data);
    case 'WithdrawMail':
      if (mail.status !== 'pending') return accept();
      return accept({ type: 'MailWithdrawn', data: { mailId, reason: command.data.reason, withdrawnAt: at } });
  }
};

const request = ({ at, ...data }: Extract<MailCommand, { type: 'RequestMail' }>['data']): MailDecision =>
  accept({ type: 'MailRequested', data: { ...data, requestedAt: at } });

const attempt = ({ mailId, at }: Addressed, mail: Exclude<Mail, { status: 'none' }>): MailDecision => {
  if (mail.status === 'sent') return reject('mail-already-sent');
  if (mail.status !== 'pending') return reject('mail-abandoned');
  if (Date.parse(at) < Date.parse(mail.dueAt)) return reject('mail-not-due', { dueAt: mail.dueAt });
  if (mail.attempts >= MOST_ATTEMPTS) return accept(abandoned(mailId, 'the outcome of the last attempt is unknown', at));
  return accept({ type: 'MailAttempted', data: { mailId, attempt: mail.attempts + 1, attemptedAt: at } });
};

type Failure = Extract<MailCommand, { type: 'RecordMailFailure' }>['data'];

const fail = ({ mailId, attempt: number, reason, permanent, at }: Failure): MailDecision => {
  const wait = permanent ? undefined : BACK_OFF_MS[number - 1];
  const retryAt = wait === undefined ? null : later(at, wait);
  const failed: MailEvent = { type: 'MailAttemptFailed', data: { mailId, attempt: number, reason, retryAt, failedAt: at } };
  return retryAt === null ? accept(failed, abandoned(mailId, reason, at)) : accept(failed);
};

const abandoned = (mailId: string, reason: string, at: string): MailEvent => ({
  type: 'MailAbandoned',
  data: { mailId, reason, abandonedAt: at },
});

export const evolve = (mail: Mail, event: MailEvent): Mail => {
  if (mail.status === 'none') {
    if (event.type !== 'MailRequested') return mail;
    const { requestedAt, ...data } = event.data;
    return { status: 'pending', ...data, attempts: 0, dueAt: requestedAt, underWay: false };
  }
  const { mailId, accountId, template, references, sourceEventId, attempts } = mail;
  const facts = { mailId, accountId, template, references, sourceEventId, attempts };
  switch (event.type) {
    case 'MailRequested':
      return mail;
    case 'MailAttempted': {
      const dueAt = attemptLapsesAt(event.data.attemptedAt);
      return { ...facts, status: 'pending', attempts: event.data.attempt, dueAt, underWay: true };
    }
    case 'MailAttemptFailed':
      return { ...facts, status: 'pending', dueAt: event.data.retryAt ?? event.data.failedAt, underWay: false };
    case 'MailSent':
      return { ...facts, status: 'sent' };
    case 'MailAbandoned':
      return { ...facts, status: 'abandoned' };
    case 'MailWithdrawn':
      return { ...facts, status: 'withdrawn' };
    default:
      return unknownEvent(event, mail);
  }
};

export const mailDecider: Decider<Mail, MailCommand, MailEvent, MailRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
