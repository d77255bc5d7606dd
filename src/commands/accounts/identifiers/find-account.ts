import type { RegisteredAccount } from '../../../domain/account/decider.js';
import { normaliseEmail } from '../../../domain/account/email.js';
import { aggregates } from '../../../domain/aggregates.js';
import type { Position } from '../../../ports/event-store.js';
import { identifierIdOf } from './identifier-key.js';
import type { CommandServices } from '../../services.js';

export const emailIdOf = (email: string): string => identifierIdOf(normaliseEmail(email));

export interface LoadedAccount {
  readonly account: RegisteredAccount;
  readonly position: Position;
  readonly commands: { has(commandId: string): boolean };
}

export const loadAccount = async ({ handler }: Pick<CommandServices, 'handler'>, accountId: string): Promise<LoadedAccount | undefined> => {
  const { state, position, commands } = await handler.load(aggregates.account, accountId);
  return state.status === 'registered' ? { account: state, position, commands } : undefined;
};

export const findAccountByEmail = async (services: Pick<CommandServices, 'handler'>, email: string) => {
  const { state: reservation } = await services.handler.load(aggregates.email, emailIdOf(email));
  if (reservation.status === 'free') return undefined;
  const found = await loadAccount(services, reservation.accountId);
  return found !== undefined && normaliseEmail(found.account.email) === normaliseEmail(email) ? found : undefined;
};
