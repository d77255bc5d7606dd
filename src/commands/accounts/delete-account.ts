import { isAdmin } from '../access/rules.js';
import type { Account } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import { MOST_TRIES, standDown } from './admin-roster.js';
import { loadAccount } from './identifiers/find-account.js';
import { releaseIdentifiers } from './identifiers/identifier-holds.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export type DeleteAccountRejection = 'account-not-found' | 'account-not-permitted' | 'own-account' | AdminRosterRejection;

export interface DeletedFiles {
  readonly avatarFile: string | null;
}

type DeletionInput = Readonly<{ actor: Actor; accountId: string }>;
type Deletion = Outcome<DeletedFiles, DeleteAccountRejection>;

/** Deletes an account, for an admin, and never the admin's own: one admin always stays, also of two who delete each other. */
export const deleteAccount =
  (services: CommandServices) =>
  async (input: DeletionInput, context: CommandContext): Promise<Deletion> => {
    for (let tries = 1; ; tries += 1) {
      const deleted = await tryToDelete(services, input, context);
      if (deleted.ok || deleted.rejection !== 'role-changed' || tries === MOST_TRIES) return deleted;
    }
  };

const tryToDelete = async (services: CommandServices, { actor, accountId }: DeletionInput, context: CommandContext): Promise<Deletion> => {
  const { handler, clock } = services;
  const asking = await loadAccount(services, actor.accountId);
  if (asking === undefined || !isAdmin({ ...actor, role: asking.account.role })) return reject('account-not-permitted');
  if (actor.accountId === accountId) return reject('own-account');
  const account = (await loadAccount(services, accountId))?.account;
  const down = account?.role === 'admin' ? await standDown(services, { by: asking.account, account }, context) : undefined;
  if (down?.ok === false) return down;
  const asLoaded = account === undefined ? {} : { roleVersion: account.roleVersion };
  const data = { accountId, ...asLoaded, at: clock.now().toISOString() };
  const deleted = await handler.handle(aggregates.account, accountId, { type: 'DeleteAccount', data }, context);
  if (!deleted.ok && deleted.rejection === 'role-changed') return reject('role-changed');
  if (!deleted.ok || !isDeleted(deleted.state)) return reject('account-not-found');
  // An identifier that a crash leaves unreleased goes to the next account that wants it, because this one has lost it.
  await releaseIdentifiers(services, { accountId, identifiers: deleted.state }, derivedContext(context, 'release'));
  return succeeded({ avatarFile: deleted.state.avatarFile }, deleted);
};

const isDeleted = (account: Account): account is Extract<Account, { status: 'deleted' }> => account.status === 'deleted';
