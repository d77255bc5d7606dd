import { createHash } from 'node:crypto';
import type { RegisteredAccount } from '../domain/account/decider.js';
import { normaliseEmail } from '../domain/account/email.js';
import { holdHasRunOut, type Reservation } from '../domain/reservation/decider.js';
import type { Position } from '../ports/event-store.js';
import { accountAggregate, emailReservation } from './account-aggregates.js';
import { derivedContext, type CommandContext } from './context.js';
import type { CommandServices } from './services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

/** The id of an address's stream: the log names streams, and an address is nobody's business. */
export const emailIdOf = (email: string): string => createHash('sha256').update(normaliseEmail(email)).digest('hex');

export const loadAccount = async ({ handler }: Pick<CommandServices, 'handler'>, accountId: string) => {
  const { state, position, commands } = await handler.load(accountAggregate, accountId);
  return state.status === 'registered' ? { account: state, position, commands } : undefined;
};

/** The account whose address it is now, whatever read models know. */
export const findAccountByEmail = async (services: Pick<CommandServices, 'handler'>, email: string) => {
  const { state: reservation } = await services.handler.load(emailReservation, emailIdOf(email));
  if (reservation.status === 'free') return undefined;
  const found = await loadAccount(services, reservation.accountId);
  return found !== undefined && normaliseEmail(found.account.email) === normaliseEmail(email) ? found : undefined;
};

/** Holds the address for the account; undefined when it is another's. The account takes it by the id of the hold. */
export const holdEmail = async (
  services: Services,
  { email, accountId }: { email: string; accountId: string },
  context: CommandContext,
): Promise<string | undefined> => {
  const { handler, clock } = services;
  const emailId = emailIdOf(email);
  const at = clock.now().toISOString();
  const { state: reservation } = await handler.load(emailReservation, emailId);
  const standing = ownHold(reservation, accountId);
  if (standing !== undefined) return standing;
  const takesOver = await forgoneHold(services, { reservation, email, at }, context);
  const data = { kind: 'email', accountId, holdId: context.commandId, takesOver, at } as const;
  const { state } = await handler.handle(emailReservation, emailId, { type: 'ReserveIdentifier', data }, context);
  return ownHold(state, accountId);
};

const ownHold = (reservation: Reservation, accountId: string): string | undefined =>
  reservation.status === 'reserved' && reservation.accountId === accountId ? reservation.holdId : undefined;

/**
 * The hold in the way, once its account can't take the address by it any more: the account's own stream decides
 * whether it already has, so that a slow sign-up and whoever takes over can't both win.
 */
const forgoneHold = async (
  { handler }: Services,
  { reservation, email, at }: { reservation: Reservation; email: string; at: string },
  context: CommandContext,
): Promise<string | null> => {
  if (reservation.status === 'free' || !holdHasRunOut(reservation, at)) return null;
  const { accountId, holdId } = reservation;
  const data = { accountId, email, holdId, at };
  const step = derivedContext(context, `forgo ${holdId}`);
  const forgone = await handler.handle(accountAggregate, accountId, { type: 'ForgoAccountEmail', data }, step);
  return forgone.ok ? holdId : null;
};

/** Keeps the address that the account has for good. Nothing to do where that was done before. */
export const claimEmail = async (
  { handler, clock }: Services,
  { accountId, email }: Pick<RegisteredAccount, 'accountId' | 'email'>,
  context: CommandContext,
): Promise<Position> => {
  const emailId = emailIdOf(email);
  const { state: reservation, position } = await handler.load(emailReservation, emailId);
  const holdId = ownHold(reservation, accountId);
  if (holdId === undefined) return position;
  const data = { kind: 'email', accountId, holdId, at: clock.now().toISOString() } as const;
  const claimed = await handler.handle(emailReservation, emailId, { type: 'ClaimIdentifier', data }, context);
  return claimed.ok ? claimed.position : position;
};

/** Frees an address that the account has left. Only a claimed one: a hold belongs to a change under way. */
export const releaseEmail = async (
  services: Services,
  { accountId, email }: Pick<RegisteredAccount, 'accountId' | 'email'>,
  context: CommandContext,
): Promise<void> => {
  const { handler, clock } = services;
  const emailId = emailIdOf(email);
  const { state: reservation } = await handler.load(emailReservation, emailId);
  if (reservation.status !== 'claimed' || reservation.accountId !== accountId) return;
  const found = await loadAccount(services, accountId);
  if (found !== undefined && emailIdOf(found.account.email) === emailId) return;
  const data = { kind: 'email', accountId, holdId: reservation.holdId, at: clock.now().toISOString() } as const;
  await handler.handle(emailReservation, emailId, { type: 'ReleaseIdentifier', data }, context);
};
