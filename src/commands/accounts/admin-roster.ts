import { aggregates } from '../../domain/aggregates.js';
import type { RegisteredAccount } from '../../domain/account/decider.js';
import { ADMIN_ROSTER, type AdminRosterCommand, type AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, type Handled } from '../outcome.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;
/** As it was loaded: the version says which of its roles the roster is told of. */
type OfRole = Pick<RegisteredAccount, 'accountId' | 'roleVersion'>;

export const tellRoster = (
  { handler, clock }: Services,
  type: AdminRosterCommand['type'],
  { accountId, roleVersion: version }: OfRole,
  context: CommandContext,
): Promise<Handled<AdminRosterRejection>> => {
  const data = { accountId, version, at: clock.now().toISOString() };
  return handler.handle(aggregates.adminRoster, ADMIN_ROSTER, { type, data }, derivedContext(context, `${type} ${accountId} ${version}`));
};

export const hasStoodDown = async ({ handler }: Services, { accountId, roleVersion }: OfRole): Promise<boolean> => {
  const { state } = await handler.load(aggregates.adminRoster, ADMIN_ROSTER);
  const entry = state.admins.get(accountId);
  return entry?.status === 'stood-down' && entry.version >= roleVersion;
};

/**
 * An admin takes the role from another, or from itself. Both are entered first, since the roster may not have heard of them. An
 * admin who has stood down meanwhile decides no more.
 */
export const standDown = async (
  services: Services,
  { by, account }: { readonly by: OfRole; readonly account: OfRole },
  context: CommandContext,
): Promise<Handled<AdminRosterRejection | 'account-not-permitted'>> => {
  for (const each of [by, account]) await tellRoster(services, 'EnterAdmin', each, context);
  if (by.accountId !== account.accountId && (await hasStoodDown(services, by))) return reject('account-not-permitted');
  const down = await tellRoster(services, 'StandDown', account, context);
  return down.ok ? { ok: true, ...noEffect } : down;
};

/** How often another change of the same role may come between the roster and the account. */
export const MOST_TRIES = 10;
