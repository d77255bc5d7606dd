import { aggregates } from '../../domain/aggregates.js';
import { ADMIN_ROSTER, type AdminRosterCommand, type AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, type Handled } from '../outcome.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

export const tellRoster = (
  { handler, clock }: Services,
  type: AdminRosterCommand['type'],
  accountId: string,
  context: CommandContext,
): Promise<Handled<AdminRosterRejection>> =>
  handler.handle(aggregates.adminRoster, ADMIN_ROSTER, { type, data: { accountId, at: clock.now().toISOString() } }, derivedContext(context, `${type} ${accountId}`));

/**
 * An admin takes the role from another, or from itself. Both are entered first, since the roster may not have heard of them. An
 * admin who has stood down meanwhile decides no more.
 */
export const standDown = async (
  services: Services,
  { by, accountId }: { readonly by: string; readonly accountId: string },
  context: CommandContext,
): Promise<Handled<AdminRosterRejection | 'account-not-permitted'>> => {
  for (const each of [by, accountId]) await tellRoster(services, 'EnterAdmin', each, context);
  const { state } = await services.handler.load(aggregates.adminRoster, ADMIN_ROSTER);
  if (by !== accountId && state.admins.get(by) === 'stood-down') return reject('account-not-permitted');
  const down = await tellRoster(services, 'StandDown', accountId, context);
  return down.ok ? { ok: true, ...noEffect } : down;
};
