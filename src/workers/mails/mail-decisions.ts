import { randomUUID } from 'node:crypto';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../../commands/services.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { MailCommand, MailRejection } from '../../domain/mail/decider.js';
import { mailContent } from './mail-content.js';

type Services = Pick<CommandServices, 'handler' | 'clock' | 'keys'>;

/** Whose word it is; the log keeps it. */
export interface MailDecision {
  readonly mailId: string;
  readonly operator: string;
}

export type MailDecided =
  | Readonly<{ ok: true }>
  /** Nothing to send any more: the mail was withdrawn instead. */
  | Readonly<{ ok: false; withdrawn: string }>
  | Refusal<MailRejection>;

/**
 * Has a mail sent once more that was given up or may have arrived. What nobody needs any more is not sent: a code that has
 * expired or was replaced is no good, and a new one comes only to those who ask for it; a deleted account has no address.
 */
export const resendMail = async (services: Services, decision: MailDecision): Promise<MailDecided> => {
  const { state } = await services.handler.load(aggregates.mail, decision.mailId);
  if (state.status === 'unknown' || state.status === 'abandoned') {
    const content = await mailContent(services, state);
    if (!content.needed) {
      const withdrawn = await withdrawMail(services, decision, content.reason);
      return withdrawn.ok ? { ok: false, withdrawn: content.reason } : withdrawn;
    }
  }
  return decide(services, decision, (mailId, at) => ({ type: 'ResendMail', data: { mailId, requestedBy: decision.operator, at } }));
};

/** The mail server's log says that it took the mail. */
export const markMailSent = (services: Services, decision: MailDecision): Promise<MailDecided> =>
  decide(services, decision, (mailId, at) => ({ type: 'MarkMailSent', data: { mailId, settledBy: decision.operator, at } }));

/** The mail is no longer needed, for this reason. */
export const withdrawMail = async (services: Services, decision: MailDecision, reason: string): Promise<MailDecided> => {
  const { state } = await services.handler.load(aggregates.mail, decision.mailId);
  if (state.status === 'sent') return reject('mail-already-sent');
  if (state.status === 'pending') return reject('mail-not-given-up');
  return decide(services, decision, (mailId, at) => ({ type: 'WithdrawMail', data: { mailId, reason, at } }));
};

const decide = async (
  { handler, clock }: Services,
  { mailId, operator }: MailDecision,
  commandOf: (mailId: string, at: string) => MailCommand,
): Promise<MailDecided> => {
  const commandId = randomUUID();
  const context = { commandId, actorId: `operator:${operator}`, correlationId: commandId, causationId: commandId };
  const handled = await handler.handle(aggregates.mail, mailId, commandOf(mailId, clock.now().toISOString()), context);
  return handled.ok ? { ok: true } : handled;
};
