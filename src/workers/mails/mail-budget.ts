import { randomUUID } from 'node:crypto';
import { aggregates } from '../../domain/aggregates.js';
import { mailTimeOf } from '../../domain/mail-budget/decider.js';
import type { MailTemplate } from '../../domain/mail/events.js';
import type { CommandServices } from '../../commands/services.js';
import type { RequestedMail } from './content.js';

export interface MailBudgetServices extends Pick<CommandServices, 'handler' | 'clock'> {
  /** Of one account, together. */
  readonly mailsPerHour: number;
}

/**
 * A code that comes late is no code: it counts and does not wait. How many there are is bounded where they are made, five an hour of
 * each purpose and then one when the last has run out, so that nobody who asks for codes in another's name keeps the owner's back.
 */
const URGENT: ReadonlySet<MailTemplate> = new Set(['verification-code', 'password-reset', 'login-code']);

/** When the budget of the account lets the mail go out; undefined: not within a day. A mail that is asked for again keeps its time. */
export const budgetedTime = async (
  { handler, clock, mailsPerHour }: MailBudgetServices,
  { accountId, mailId, template }: RequestedMail,
  correlationId: string,
): Promise<string | undefined> => {
  const data = { accountId, mailId, isUrgent: URGENT.has(template), mostPerHour: mailsPerHour, at: clock.now().toISOString() };
  const context = { commandId: randomUUID(), actorId: null, correlationId, causationId: mailId };
  const spent = await handler.handle(aggregates.mailBudget, accountId, { type: 'SpendMailBudget', data }, context);
  return spent.ok ? mailTimeOf(spent.state, mailId) : undefined;
};
