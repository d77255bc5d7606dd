import { normaliseEmail } from '../../domain/account/email.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { accountIdOf, createAccount } from './create-account.js';
import { findAccountByEmail } from './identifiers/find-account.js';
import { effectOf, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

const NAMESPACE = '6f1c2f6e-3b0c-5d43-9c55-0c7b9f6f1a10';

export type EnsureFirstAdminRejection = 'email-taken';

/**
 * Makes sure at the start of each process that a verified admin with this address exists. An existing admin keeps the password.
 * An account of another role is never promoted: anybody could have signed up with the address.
 */
export const ensureFirstAdmin =
  (services: CommandServices) =>
  async (
    { email, password }: { email: string; password: string },
  ): Promise<Outcome<{ accountId: string }, EnsureFirstAdminRejection>> => {
    const context = await firstAdminContext(services, email);
    const found = await findAccountByEmail(services, email);
    const input = { name: 'Administrator', email, password, role: 'admin', provider: 'local', imageUrl: null } as const;
    const admin = found?.account.role === 'admin' ? { ok: true as const, account: found.account, position: found.position, changed: false } : await createAccount(services, input, context);
    if (!admin.ok) return reject('email-taken');
    const { accountId } = admin.account;
    const data = { accountId, email, at: services.clock.now().toISOString() };
    const step = derivedContext(context, 'verify-email');
    // Refused only when that admin has another address.
    const verified = await services.handler.handle(aggregates.account, accountId, { type: 'VerifyAccountEmail', data }, step);
    return succeeded({ accountId }, admin, effectOf(verified));
  };

/** The same ids for each start and process, so that there is one admin; other ids once that one was deleted. */
const firstAdminContext = async ({ handler }: CommandServices, email: string): Promise<CommandContext> => {
  for (let deleted = 0; ; deleted += 1) {
    const name = `first-admin/${normaliseEmail(email)}${deleted === 0 ? '' : `/${deleted}`}`;
    const commandId = uuidV5(name, NAMESPACE);
    const { state } = await handler.load(aggregates.account, accountIdOf(commandId));
    if (state.status !== 'deleted') return { commandId, actorId: null, correlationId: commandId, causationId: commandId };
  }
};
