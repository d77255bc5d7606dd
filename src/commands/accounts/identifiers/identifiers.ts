import { keepsIdentifier } from '../../../domain/account/decider.js';
import type { IdentifierKind } from '../../../domain/account/identifiers.js';
import { holdHasRunOut, type Reservation } from '../../../domain/reservation/decider.js';
import { aggregates } from '../../../domain/aggregates.js';
import { derivedContext, type CommandContext } from '../../context.js';
import { loadAccount } from './find-account.js';
import { identifierIdOf, reservations } from './identifier-key.js';
import type { Effect } from '../../outcome.js';
import type { CommandServices } from '../../services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

export interface AccountIdentifier {
  readonly accountId: string;
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Holds the identifier for the account, which takes it by the id of the hold; undefined when another account has it. */
export const holdIdentifier = async (
  services: Services,
  { kind, value, accountId }: AccountIdentifier,
  context: CommandContext,
): Promise<string | undefined> => {
  const { handler, clock } = services;
  const at = clock.now().toISOString();
  const { state: reservation } = await handler.load(reservations[kind], identifierIdOf(value));
  const standing = ownHold(reservation, accountId);
  if (standing !== undefined) return standing;
  const replaces = await replaceableHold(services, { reservation, kind, value, at }, context);
  if (replaces === null && reservation.status === 'claimed' && reservation.accountId === accountId) return reservation.holdId;
  const data = { kind, accountId, holdId: context.commandId, replaces, at } as const;
  const reserved = await handler.handle(reservations[kind], identifierIdOf(value), { type: 'ReserveIdentifier', data }, context);
  const after = reserved.ok ? reserved.state : (await handler.load(reservations[kind], identifierIdOf(value))).state;
  return ownHold(after, accountId);
};

export const isKeptByAnother = async (services: Services, { kind, value, accountId }: AccountIdentifier): Promise<boolean> => {
  const { handler, clock } = services;
  const { state: reservation } = await handler.load(reservations[kind], identifierIdOf(value));
  if (reservation.status !== 'claimed' || reservation.accountId === accountId) return false;
  const found = await loadAccount(services, reservation.accountId);
  return found !== undefined && keepsIdentifier(found.account, kind, value, clock.now().toISOString());
};

const ownHold = (reservation: Reservation, accountId: string): string | undefined =>
  reservation.status === 'reserved' && reservation.accountId === accountId ? reservation.holdId : undefined;

const replaceableHold = async (
  services: Services,
  { reservation, kind, value, at }: { reservation: Reservation; kind: IdentifierKind; value: string; at: string },
  context: CommandContext,
): Promise<string | null> => {
  if (reservation.status === 'free' || !holdHasRunOut(reservation, at)) return null;
  const { accountId, holdId } = reservation;
  return (await cancelHoldOnAccount(services, { accountId, kind, value, holdId }, context)) ? holdId : null;
};

/**
 * Makes sure that the account can't take the identifier by this hold. The account's stream decides whether it already has, so
 * that a slow sign-up and the account that replaces it can't both win.
 */
const cancelHoldOnAccount = async (
  { handler, clock }: Services,
  { accountId, ...hold }: AccountIdentifier & { holdId: string },
  context: CommandContext,
): Promise<boolean> => {
  const data = { accountId, ...hold, at: clock.now().toISOString() };
  const step = derivedContext(context, `cancelHoldOnAccount ${hold.holdId}`);
  const cancelledHolds = await handler.handle(aggregates.account, accountId, { type: 'CancelIdentifierHold', data }, step);
  return cancelledHolds.ok;
};

export const cancelHold = async (
  services: Services,
  { holdId, ...identifier }: AccountIdentifier & { holdId: string },
  context: CommandContext,
): Promise<void> => {
  if (!(await cancelHoldOnAccount(services, { ...identifier, holdId }, context))) return;
  const { kind, value, accountId } = identifier;
  const data = { kind, accountId, holdId, at: services.clock.now().toISOString() } as const;
  await services.handler.handle(reservations[kind], identifierIdOf(value), { type: 'ReleaseIdentifier', data }, context);
};

export const claimIdentifier = async (
  { handler, clock }: Services,
  { kind, value, accountId }: AccountIdentifier,
  context: CommandContext,
): Promise<Effect> => {
  const { state: reservation, position } = await handler.load(reservations[kind], identifierIdOf(value));
  const holdId = ownHold(reservation, accountId);
  const standing = { position, changed: false };
  if (holdId === undefined) return standing;
  const data = { kind, accountId, holdId, at: clock.now().toISOString() } as const;
  const claimed = await handler.handle(reservations[kind], identifierIdOf(value), { type: 'ClaimIdentifier', data }, context);
  return claimed.ok ? claimed : standing;
};

/** Frees a claimed identifier that the account has left; a hold belongs to a change under way. */
export const releaseIdentifier = async (
  services: Services,
  { kind, value, accountId }: AccountIdentifier,
  context: CommandContext,
): Promise<void> => {
  const { handler, clock } = services;
  const { state: reservation } = await handler.load(reservations[kind], identifierIdOf(value));
  if (reservation.status !== 'claimed' || reservation.accountId !== accountId) return;
  const found = await loadAccount(services, accountId);
  const at = clock.now().toISOString();
  if (found !== undefined && keepsIdentifier(found.account, kind, value, at)) return;
  const data = { kind, accountId, holdId: reservation.holdId, at } as const;
  await handler.handle(reservations[kind], identifierIdOf(value), { type: 'ReleaseIdentifier', data }, context);
};
