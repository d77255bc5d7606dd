import { aggregates } from '../../domain/aggregates.js';
import type { Mail } from '../../domain/mail/decider.js';
import type { CommandServices } from '../services.js';

export interface MailDelivery {
  readonly status: Exclude<Mail['status'], 'none'>;
  /** When it was last handed over. */
  readonly attemptedAt: string | null;
  /** When the mail server took it. */
  readonly sentAt: string | null;
}

/** What the mail's own stream says of it; undefined: there is no such mail. */
export const mailDelivery = async ({ handler }: Pick<CommandServices, 'handler'>, mailId: string): Promise<MailDelivery | undefined> => {
  const { state } = await handler.read(aggregates.mail, mailId);
  if (state.status === 'none') return undefined;
  return { status: state.status, attemptedAt: state.lastAttemptAt, sentAt: state.status === 'sent' ? state.sentAt : null };
};
