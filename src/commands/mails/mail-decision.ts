import type { Refusal } from '../../domain/kernel/decider.js';
import type { MailRejection } from '../../domain/mail/decider.js';
import type { CommandContext } from '../context.js';
import type { Effect } from '../outcome.js';

/** A person decides about a mail that was given up or may have arrived. */
export interface MailDecision {
  readonly mailId: string;
  /** Who decides: a name, or the id of an account. */
  readonly operator: string;
  /** Of the request that asked for it. Absent: it was a command line. */
  readonly context?: CommandContext;
}

export type MailDecided =
  | Readonly<{ ok: true } & Effect>
  /** The mail was withdrawn, because there is nothing to send. */
  | Readonly<{ ok: false; withdrawn: string }>
  | Refusal<MailRejection>;
