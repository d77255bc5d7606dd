import { v5 as uuidv5 } from 'uuid';
import type { RegisteredAccount } from '../domain/account/decider.js';
import type { Role } from '../domain/account/events.js';
import type { Position } from '../ports/event-store.js';
import { accountAggregate } from './account-aggregates.js';
import { derivedContext, type CommandContext } from './context.js';
import { claimEmail, holdEmail, loadAccount } from './email-identity.js';
import { latestPosition } from './latest-position.js';
import type { CommandServices } from './services.js';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  /** Null: signs in with another provider only. */
  readonly password: string | null;
  readonly role: Role | null;
  readonly provider: 'local' | 'google';
  readonly imageUrl: string | null;
}

export interface CreatedAccount {
  readonly account: RegisteredAccount;
  readonly position: Position;
}

/**
 * Holds the address, registers the account, keeps the address. Each step is done once per command id, so a repeat
 * after a crash completes the rest. Undefined: the address is another's.
 */
export const createAccount = async (
  services: CommandServices,
  input: NewAccount,
  context: CommandContext,
): Promise<CreatedAccount | undefined> => {
  const accountId = uuidv5('account', context.commandId);
  const found = (await loadAccount(services, accountId)) ?? (await register(services, { ...input, accountId }, context));
  if (found === undefined) return undefined;
  const claimed = await claimEmail(services, found.account, derivedContext(context, 'claim-email'));
  return { account: found.account, position: latestPosition(found.position, claimed) };
};

const register = async (
  services: CommandServices,
  { password, ...input }: NewAccount & { accountId: string },
  context: CommandContext,
): Promise<CreatedAccount | undefined> => {
  const { handler, clock, passwords } = services;
  // Before the hold, which lasts a minute only; and a taken address takes as long as a free one.
  const passwordHash = password === null ? null : await passwords.hash(password);
  const holdId = await holdEmail(services, input, derivedContext(context, 'hold-email'));
  if (holdId === undefined) return undefined;
  const data = { ...input, email: input.email.trim(), passwordHash, holdId, at: clock.now().toISOString() };
  const step = derivedContext(context, 'register-account');
  const registered = await handler.handle(accountAggregate, input.accountId, { type: 'RegisterAccount', data }, step);
  if (!registered.ok || registered.state.status !== 'registered') return undefined;
  return { account: registered.state, position: registered.position };
};
