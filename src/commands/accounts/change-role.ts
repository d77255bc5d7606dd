import { isAdmin } from '../access/rules.js';
import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import type { AccountType, Role } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { effectOf, noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { hasStoodDown, MOST_TRIES, standDown, tellRoster } from './admin-roster.js';
import { loadAccount } from './identifiers/find-account.js';
import { needsSecondFactor } from './second-factor.js';

export interface ChangeRoleInput {
  readonly actor: Actor;
  readonly accountId: string;
  readonly role: Role;
  /** Absent: whatever it is; else an account that has another role is not found. */
  readonly from?: Role;
  /** The kind of student; absent: as it is. */
  readonly studentType?: AccountType;
}

export type ChangeRoleRejection = 'account-not-found' | 'account-not-permitted' | AdminRosterRejection;

type Changed = Outcome<null, ChangeRoleRejection>;

/**
 * Gives an account another role, for an admin. It counts in all sessions from then on; where the role asks for a second factor,
 * those of before end. The last admin stays one: who is to lose the role stands down first, in that version of it, and the account
 * refuses the change where it has another by then. A process that dies between the two leaves an admin who has stood down: a repeat
 * completes it, and the role given again undoes it.
 */
export const changeRole =
  (services: CommandServices) =>
  async (input: ChangeRoleInput, context: CommandContext): Promise<Changed> => {
    for (let tries = 1; ; tries += 1) {
      const changed = await tryToChange(services, input, context);
      if (changed.ok || changed.rejection !== 'role-changed' || tries === MOST_TRIES) return changed;
    }
  };

const tryToChange = async (services: CommandServices, { actor, accountId, from, ...wanted }: ChangeRoleInput, context: CommandContext): Promise<Changed> => {
  const { handler, clock } = services;
  const asking = await loadAccount(services, actor.accountId);
  const found = await loadAccount(services, accountId);
  if (found === undefined) return reject('account-not-found');
  const { account } = found;
  // A repeat may come from an admin who has just made itself something else.
  if (found.commands.has(context.commandId)) return succeeded(null, { position: found.position, changed: true });
  if (asking === undefined || !isAdmin({ ...actor, role: asking.account.role })) return reject('account-not-permitted');
  if (from !== undefined && account.role !== from) return reject('account-not-found');
  if (account.role === 'admin' && wanted.role !== 'admin') {
    const down = await standDown(services, { by: asking.account, account }, context);
    if (!down.ok) return down;
  }
  const isAgain = wanted.role === 'admin' && (await hasStoodDown(services, account));
  // Whose sessions showed a second factor keeps them.
  const asksForSecondFactor = needsSecondFactor(services, { ...account, role: wanted.role }) && !account.twoFactor;
  const data = { accountId, ...wanted, isAgain, asksForSecondFactor, roleVersion: account.roleVersion, at: clock.now().toISOString() };
  const changed = await handler.handle(aggregates.account, accountId, { type: 'ChangeAccountRole', data }, context);
  if (!changed.ok) return reject(changed.rejection === 'role-changed' ? 'role-changed' : 'account-not-found');
  const isNowAdmin = changed.state.status === 'registered' && changed.state.role === 'admin' ? changed.state : undefined;
  const entered = isNowAdmin === undefined ? undefined : await tellRoster(services, 'EnterAdmin', isNowAdmin, context);
  return succeeded(null, changed, entered === undefined ? noEffect : effectOf(entered));
};
