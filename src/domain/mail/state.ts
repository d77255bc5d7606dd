import { unknownEvent } from '../kernel/decider.js';
import type { MailEvent } from './events.js';

export type Requested = Extract<MailEvent, { type: 'MailRequested' }>['data'];

/** What somebody else wrote, and whom to. */
export type Letter = NonNullable<Requested['letter']>;

interface MailFacts extends Omit<Requested, 'requestedAt' | 'letter'> {
  readonly attempts: number;
  /** Attempts made before an operator last asked for the mail: they no longer count. */
  readonly spent: number;
  readonly lastAttemptAt: string | null;
}

/** Of a mail that may still have to be written. */
interface UnfinishedMail extends MailFacts {
  readonly letter?: Letter;
}

export type Mail =
  | Readonly<{ status: 'none' }>
  /**
   * attemptedAt: of the attempt under way, outcome unknown; null: none is. If nobody records an outcome by `dueAt`, the mail
   * may be attempted again where a repeat is harmless.
   */
  | Readonly<{ status: 'pending'; dueAt: string; attemptedAt: string | null } & UnfinishedMail>
  /** unknown: it may have arrived. abandoned: it did not. Both wait for an operator. */
  | Readonly<{ status: 'unknown' | 'abandoned' } & UnfinishedMail>
  | Readonly<{ status: 'sent'; sentAt: string } & MailFacts>
  | Readonly<{ status: 'withdrawn' } & MailFacts>;

export type RequestedMail = Exclude<Mail, { status: 'none' }>;

const ATTEMPT_LIMIT_MS = 60_000;

export const later = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
/** The time from which an attempt without a recorded outcome may be repeated. */
export const attemptLapsesAt = (attemptedAt: string): string => later(attemptedAt, ATTEMPT_LIMIT_MS);

type Pending = Extract<Mail, { status: 'pending' }>;

/**
 * The time at which the mail may be attempted. An attempt before `aloneSince` ended with its process, so that its outcome
 * can no longer be recorded.
 */
export const mailDueAt = ({ dueAt, attemptedAt }: Pending, aloneSince: string | null): string =>
  attemptedAt !== null && aloneSince !== null && attemptedAt < aloneSince ? attemptedAt : dueAt;

const factsOf = ({ mailId, accountId, template, references, sourceEventId, attempts, spent, lastAttemptAt }: MailFacts): MailFacts => ({
  mailId,
  accountId,
  template,
  references,
  sourceEventId,
  attempts,
  spent,
  lastAttemptAt,
});

export const evolve = (mail: Mail, event: MailEvent): Mail => {
  if (mail.status === 'none') {
    if (event.type !== 'MailRequested') return mail;
    const { requestedAt, ...data } = event.data;
    return { status: 'pending', ...data, attempts: 0, spent: 0, lastAttemptAt: null, dueAt: requestedAt, attemptedAt: null };
  }
  const facts = factsOf(mail);
  const unfinished = 'letter' in mail ? { ...facts, letter: mail.letter } : facts;
  switch (event.type) {
    case 'MailRequested':
      return mail;
    case 'MailAttempted': {
      const { attempt: attempts, attemptedAt } = event.data;
      return { ...unfinished, status: 'pending', attempts, lastAttemptAt: attemptedAt, dueAt: attemptLapsesAt(attemptedAt), attemptedAt };
    }
    case 'MailAttemptFailed':
      return { ...unfinished, status: 'pending', dueAt: event.data.retryAt ?? event.data.failedAt, attemptedAt: null };
    case 'MailPostponed':
      return { ...unfinished, status: 'pending', dueAt: event.data.until, attemptedAt: null };
    case 'MailSent':
      return { ...facts, status: 'sent', sentAt: event.data.sentAt };
    case 'MailSettled':
      return { ...facts, status: 'sent', sentAt: event.data.settledAt };
    case 'MailOutcomeUnknown':
      return { ...unfinished, status: 'unknown' };
    case 'MailResendRequested':
      return { ...unfinished, status: 'pending', spent: mail.attempts, dueAt: event.data.requestedAt, attemptedAt: null };
    case 'MailAbandoned':
      return { ...unfinished, status: 'abandoned' };
    case 'MailWithdrawn':
      return { ...facts, status: 'withdrawn' };
    default:
      return unknownEvent(event, mail);
  }
};
