import type { MailTemplate } from '../../domain/mail/events.js';
import { collection } from '../kernel/projection.js';

export interface MailDocument {
  readonly id: string;
  readonly accountId: string;
  readonly template: MailTemplate;
  readonly references: Readonly<Record<string, string>>;
  /**
   * failed: the last attempt; another one is to follow. unknown: it may have arrived, a person decides. abandoned: a dead
   * letter. withdrawn: not needed any more.
   */
  readonly status: 'pending' | 'sent' | 'failed' | 'unknown' | 'abandoned' | 'withdrawn';
  readonly attempts: number;
  /** When it may be attempted; null once it is over, one way or the other. */
  readonly nextAttemptAt: string | null;
  /** Of the request that began it all. */
  readonly correlationId: string;
  /** Why it failed, was abandoned or withdrawn, or nobody knows. */
  readonly reason: string | null;
  readonly requestedAt: string;
  readonly endedAt: string | null;
}

export const mailCollection = collection<MailDocument>({
  projection: 'mails',
  name: 'mails',
  indexes: [{ nextAttemptAt: 1 }, { status: 1, endedAt: 1 }],
});
