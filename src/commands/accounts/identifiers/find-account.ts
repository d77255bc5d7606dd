import { normaliseEmail } from '../../../domain/account/email.js';
import { aggregates } from '../../../domain/aggregates.js';
import { identifierIdOf } from './identifier-key.js';
import type { CommandServices } from '../../services.js';

export const emailIdOf = (email: string): string => identifierIdOf(normaliseEmail(email));

export const loadAccount = async ({ handler }: Pick<CommandServices, 'handler'>, accountId: string) => {
  const { state, position, commands } = await handler.load(aggregates.account, accountId);
  return state.status === 'registered' ? { account: state, position, commands } : undefined;
};

/** The account whose address it is now, whatever read models know. */
export const findAccountByEmail = async (services: Pick<CommandServices, 'handler'>, email: string) => {
  const { state: reservation } = await services.handler.load(aggregates.email, emailIdOf(email));
  if (reservation.status === 'free') return undefined;
  const found = await loadAccount(services, reservation.accountId);
  return found !== undefined && normaliseEmail(found.account.email) === normaliseEmail(email) ? found : undefined;
};
