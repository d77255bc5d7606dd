import type { MailTemplate } from '../../domain/mail/events.js';
import { collection } from '../kernel/projection.js';

export interface MailDocument {
  readonly id: string;
  readonly accountId: string;
  readonly template: MailTemplate;
  readonly references: Readonly<Record<string, string>>;
  /**
   * failed: another attempt follows. unknown: it may have arrived, a person decides. abandoned: a dead letter. withdrawn: no
   * longer needed.
   */
  readonly status: 'pending' | 'sent' | 'failed' | 'unknown' | 'abandoned' | 'withdrawn';
  readonly attempts: number;
  /** Null once the mail is over. */
  readonly nextAttemptAt: string | null;
  readonly correlationId: string;
  readonly reason: string | null;
  readonly requestedAt: string;
  readonly endedAt: string | null;
}

export const mailCollection = collection<MailDocument>({
  projection: 'mails',
  name: 'mails',
  indexes: [{ nextAttemptAt: 1 }, { status: 1, endedAt: 1 }],
});
