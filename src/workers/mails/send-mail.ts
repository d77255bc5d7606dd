import { randomUUID } from 'node:crypto';
import type { HandledCommand } from '../../commands/write-path/command-handler.js';
import { aggregates } from '../../domain/aggregates.js';
import { mailDueAt, type Mail, type MailCommand } from '../../domain/mail/decider.js';
import { EventStoreUnavailable, type Position } from '../../ports/event-store.js';
import type { Mailer, MailOutcome } from '../../ports/mailer.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { callWithTimeout, NoAnswerInTime } from '../loops/call-with-timeout.js';
import { budgetedTime, type MailBudgetServices } from './mail-budget.js';
import type { MailContent, MailContentServices, RequestedMail } from './content.js';
import { mailContent } from './mail-content.js';

export interface DueMail {
  readonly id: string;
  readonly requestedAt: string;
  readonly correlationId: string;
}

export interface SendMailServices extends MailContentServices, MailBudgetServices {
  readonly mailer: Mailer;
  /** The time at which the only process that sends mails locked the log; null where other processes may send, too. */
  readonly aloneSince: string | null;
}

/** Shorter than the time after which an attempt may be repeated. */
const SENDING = { timeoutMs: 45_000, finishMs: 5_000 };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Not due: the stream allows no attempt now (sent, under way, for later), because the read model is behind. */
export type Attempted = 'ended' | 'to-be-tried-again' | 'not-due';

/** Makes one attempt at one mail, if its stream allows it: intent, hand-over, outcome. */
export const sendMail = async (
  services: SendMailServices,
  mail: DueMail,
  signal: AbortSignal,
): Promise<Attempted> => {
  const { handler, clock } = services;
  const { state, revision, position } = await handler.load(aggregates.mail, mail.id, 'lately');
  if (state.status !== 'pending' || mailDueAt(state, services.aloneSince) > clock.now().toISOString()) return 'not-due';
  const commands = { mailId: mail.id, revision, correlationId: mail.correlationId };
  if (state.attemptedAt !== null && services.mailer.repeatable !== true) {
    const lapsed: MailOutcome = { outcome: 'unknown', reason: 'whoever handed it over recorded none' };
    return leftAs(await send(services, commands, outcomeCommand(mail.id, state.attempts, lapsed, clock.now().toISOString())));
  }
  const content = await contentOrFailure(services, state, position);
  if (content.kind === 'content' && !content.needed) {
    return leftAs(await send(services, commands, withdrawal(mail.id, content.reason, clock.now().toISOString())));
  }
  const held = content.kind === 'content' ? await heldBack(services, state, mail.correlationId) : undefined;
  if (held !== undefined) {
    const handled = await send(services, commands, held);
    return handled.ok && handled.changed ? leftAs(handled) : 'not-due';
  }
  const attempted = await send(services, commands, { type: 'AttemptMail', data: { mailId: mail.id, at: clock.now().toISOString(), aloneSince: services.aloneSince } });
  if (!attempted.ok || attempted.duplicate || attempted.state.status !== 'pending') return 'not-due';
  const outcome = content.kind === 'failure' ? content.outcome : await handOver(services, mail, content, signal);
  if (outcome === undefined) return 'not-due';
  return leftAs(await send(services, commands, outcomeCommand(mail.id, attempted.state.attempts, outcome, clock.now().toISOString())));
};

const leftAs = (handled: HandledCommand<Mail, string>): Attempted => (handled.ok && handled.state.status !== 'pending' ? 'ended' : 'to-be-tried-again');

type Prepared = (MailContent & { readonly kind: 'content' }) | Readonly<{ kind: 'failure'; outcome: MailOutcome }>;

const contentOrFailure = async (services: SendMailServices, mail: RequestedMail, position: Position): Promise<Prepared> => {
  try {
    return { kind: 'content', ...(await mailContent(services, mail, position)) };
  } catch (error) {
    if (error instanceof EventStoreUnavailable) throw error;
    return { kind: 'failure', outcome: { outcome: 'failed', reason: reasonOf(error), permanent: false } };
  }
};

const withdrawal = (mailId: string, reason: string, at: string): MailCommand => ({ type: 'WithdrawMail', data: { mailId, reason, at } });

/** What becomes of a mail that the budget of its account does not let go out now; undefined: it does. */
const heldBack = async (services: SendMailServices, mail: RequestedMail, correlationId: string): Promise<MailCommand | undefined> => {
  const { mailId } = mail;
  const until = await budgetedTime(services, mail, correlationId);
  const at = services.clock.now().toISOString();
  if (until === undefined) return withdrawal(mailId, 'the account has had too many mails', at);
  return until > at ? { type: 'PostponeMail', data: { mailId, until, at, aloneSince: services.aloneSince } } : undefined;
};

/** Undefined when the program is being stopped: the attempt lapses and is repeated. */
const handOver = async (
  { clock, mailer }: SendMailServices,
  { id, requestedAt }: DueMail,
  { to, rendered }: Extract<MailContent, { needed: true }>,
  signal: AbortSignal,
): Promise<MailOutcome | undefined> => {
  try {
    return await callWithTimeout(clock, SENDING, signal, () => mailer.send({ id, to, ...rendered, date: requestedAt }));
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof NoAnswerInTime) return { outcome: 'unknown', reason: error.message };
    return { outcome: 'failed', reason: reasonOf(error), permanent: false };
  }
};

const outcomeCommand = (mailId: string, attempt: number, outcome: MailOutcome, at: string): MailCommand => {
  switch (outcome.outcome) {
    case 'sent':
      return { type: 'RecordMailSent', data: { mailId, attempt, at } };
    case 'failed':
      return { type: 'RecordMailFailure', data: { mailId, attempt, reason: outcome.reason, permanent: outcome.permanent, at } };
    case 'unknown':
      // The mail may have arrived: a person decides whether to send it again.
      return { type: 'RecordMailOutcomeUnknown', data: { mailId, attempt, reason: outcome.reason, at } };
  }
};

const send = (
  { handler }: SendMailServices,
  { mailId, revision, correlationId }: { mailId: string; revision: number; correlationId: string },
  command: MailCommand,
) =>
  handler.handle(aggregates.mail, mailId, command, {
    commandId: commandIdOf(command, revision),
    actorId: null,
    correlationId,
    causationId: mailId,
  });

/**
 * A process that looks again derives the same ids, so that an outcome is recorded once. An attempt is a claim and has a random
 * id: with a derived one another process would take this append for its own and send the mail, too.
 */
const commandIdOf = ({ type, data: { mailId } }: MailCommand, revision: number): string =>
  type === 'AttemptMail' ? randomUUID() : uuidV5(`${type}@${revision}`, mailId);
