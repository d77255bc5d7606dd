import { randomUUID } from 'node:crypto';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../../commands/context.js';
import type { MailDecided, MailDecision } from '../../commands/mails/mail-decision.js';
import type { CommandServices } from '../../commands/services.js';
import { reject } from '../../domain/kernel/decider.js';
import type { MailCommand } from '../../domain/mail/decider.js';
import type { Position } from '../../ports/event-store.js';
import { FactMissing, type RequestedMail } from './content.js';
import { mailContent } from './mail-content.js';

type Services = Pick<CommandServices, 'handler' | 'clock' | 'keys'>;

/**
 * Sends a mail again that was given up or may have arrived. A mail without use is withdrawn: an expired or replaced code is no
 * good, and a deleted account has no address.
 */
export const resendMail = async (services: Services, decision: MailDecision): Promise<MailDecided> => {
  const { state, position } = await services.handler.load(aggregates.mail, decision.mailId);
  if (state.status === 'unknown' || state.status === 'abandoned') {
    const reason = await reasonNotToSend(services, state, position);
    if (reason !== null) {
      const withdrawn = await withdrawMail(services, decision, reason);
      return withdrawn.ok ? { ok: false, withdrawn: reason } : withdrawn;
    }
  }
  return decide(services, decision, (mailId, at) => ({ type: 'ResendMail', data: { mailId, requestedBy: decision.operator, at } }));
};

const reasonNotToSend = async (services: Services, mail: RequestedMail, requested: Position): Promise<string | null> => {
  try {
    // It is only looked at, and not sent from here: its links may lead nowhere.
    const content = await mailContent({ ...services, publicUrl: '', academyUrl: '', classStarts: async () => [] }, mail, requested);
    return content.needed ? null : content.reason;
  } catch (error) {
    // The sender finds the same, and says so in the list of mails that were given up.
    if (error instanceof FactMissing) return null;
    throw error;
  }
};

/** Records that the mail was sent, which the mail server's log says. */
export const markMailSent = (services: Services, decision: MailDecision): Promise<MailDecided> =>
  decide(services, decision, (mailId, at) => ({ type: 'MarkMailSent', data: { mailId, settledBy: decision.operator, at } }));

export const withdrawMail = async (services: Services, decision: MailDecision, reason: string): Promise<MailDecided> => {
  const { state } = await services.handler.load(aggregates.mail, decision.mailId);
  if (state.status === 'sent') return reject('mail-already-sent');
  if (state.status === 'pending') return reject('mail-not-given-up');
  return decide(services, decision, (mailId, at) => ({ type: 'WithdrawMail', data: { mailId, reason, at } }));
};

const decide = async (
  { handler, clock }: Services,
  { mailId, operator, context = ofCommandLine(operator) }: MailDecision,
  commandOf: (mailId: string, at: string) => MailCommand,
): Promise<MailDecided> => handler.handle(aggregates.mail, mailId, commandOf(mailId, clock.now().toISOString()), context);

const ofCommandLine = (operator: string): CommandContext => {
  const commandId = randomUUID();
  return { commandId, actorId: `operator:${operator}`, correlationId: commandId, causationId: commandId };
};
