import type { SessionAsked } from '../../domain/account/commands.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { tryPassword, type TryPasswordRejection } from './try-password.js';

export interface ChangePasswordInput {
  readonly accountId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** The session that asks, where it is to go on: all others end. Absent: all end. */
  readonly keptSessionId?: string;
}

/** password-not-set: an account that signs in with another provider gets its first password by mail (reset). */
export type ChangePasswordRejection = 'account-not-found' | 'wrong-password' | 'password-not-set' | 'session-superseded' | TryPasswordRejection;

/** Changes the password, which ends all sessions but the one that is to go on. */
export const changePassword =
  (services: CommandServices) =>
  async (
    { accountId, currentPassword, newPassword, keptSessionId }: ChangePasswordInput,
    context: CommandContext,
  ): Promise<Outcome<{ accountId: string }, ChangePasswordRejection>> => {
    const { handler, passwords, clock } = services;
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    const value = { accountId };
    if (found.commands.has(context.commandId)) return succeeded(value, { position: found.position, changed: true });
    const replaces = found.account.passwordHash;
    if (replaces === null) return reject('password-not-set');
    const tried = await tryPassword(services, { address: found.account.loginEmail, account: found.account, password: currentPassword }, context);
    if (!tried.ok) return tried;
    if (!tried.isRight) return reject('wrong-password');
    const passwordHash = await passwords.hash(newPassword);
    const session = keptSessionId === undefined ? undefined : await openSessionOf(services, keptSessionId, accountId);
    if (session === null) return reject('session-superseded');
    const kept = session === undefined ? {} : { session };
    const data = { accountId, passwordHash, replaces, changeId: context.commandId, ...kept, at: clock.now().toISOString() };
    const changed = await handler.handle(aggregates.account, accountId, { type: 'ChangeAccountPassword', data }, context);
    if (!changed.ok) return reject(changed.rejection === 'session-superseded' ? 'session-superseded' : 'wrong-password');
    return succeeded(value, changed);
  };

/** Null: it has ended, or is another account's. */
const openSessionOf = async ({ handler }: CommandServices, sessionId: string, accountId: string): Promise<SessionAsked | null> => {
  const { state: session } = await handler.load(aggregates.session, sessionId);
  if (session.status !== 'open' || session.accountId !== accountId) return null;
  return { sessionId, credentialsVersion: session.credentialsVersion };
};
