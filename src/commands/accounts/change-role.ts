import { isAdmin } from '../access/rules.js';
import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import type { AccountType, Role } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { effectOf, noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { standDown, tellRoster } from './admin-roster.js';
import { loadAccount } from './identifiers/find-account.js';

export interface ChangeRoleInput {
  readonly actor: Actor;
  readonly accountId: string;
  readonly role: Role;
  /** The kind of student; absent: as it is. */
  readonly studentType?: AccountType;
}

export type ChangeRoleRejection = 'account-not-found' | 'account-not-permitted' | AdminRosterRejection;

/**
 * Gives an account another role, for an admin. It counts in all sessions from then on. The last admin stays one. A process that dies
 * between the roster and the account leaves an admin who has stood down: a repeat completes it, and so does whoever gives the role again.
 */
export const changeRole =
  (services: CommandServices) =>
  async ({ actor, accountId, ...wanted }: ChangeRoleInput, context: CommandContext): Promise<Outcome<null, ChangeRoleRejection>> => {
    const { handler, clock } = services;
    const asking = await loadAccount(services, actor.accountId);
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    // A repeat may come from an admin who has just made itself something else.
    if (found.commands.has(context.commandId)) return succeeded(null, { position: found.position, changed: true });
    if (asking === undefined || !isAdmin({ ...actor, role: asking.account.role })) return reject('account-not-permitted');
    if (found.account.role === 'admin' && wanted.role !== 'admin') {
      const down = await standDown(services, { by: actor.accountId, accountId }, context);
      if (!down.ok) return down;
    }
    const data = { accountId, ...wanted, at: clock.now().toISOString() };
    const changed = await handler.handle(aggregates.account, accountId, { type: 'ChangeAccountRole', data }, context);
    if (!changed.ok) return reject('account-not-found');
    const returned = wanted.role === 'admin' ? await tellRoster(services, 'ReturnAdmin', accountId, context) : undefined;
    return succeeded(null, changed, returned === undefined ? noEffect : effectOf(returned));
  };
