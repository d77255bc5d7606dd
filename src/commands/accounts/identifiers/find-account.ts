import { isSameEmail } from '../../../domain/account/addresses.js';
import type { RegisteredAccount } from '../../../domain/account/decider.js';
import { normaliseEmail } from '../../../domain/account/email.js';
import type { ExternalIdentity } from '../../../domain/account/events.js';
import { comparable, identityKey } from '../../../domain/account/identifiers.js';
import { aggregates } from '../../../domain/aggregates.js';
import type { OtpPurpose } from '../../../domain/otp/events.js';
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

/** The account that is shown this address, logs in with it or gets its codes there. */
export const findAccountByEmail = async (services: Pick<CommandServices, 'handler'>, email: string) => {
  const { state: reservation } = await services.handler.load(aggregates.email, emailIdOf(email));
  if (reservation.status === 'free') return undefined;
  const found = await loadAccount(services, reservation.accountId);
  if (found === undefined) return undefined;
  const { account } = found;
  return [account.email, account.loginEmail, account.recoveryEmail].some((each) => isSameEmail(each, email)) ? found : undefined;
};

/** The account that this address logs in. */
export const findAccountByLogin = async (services: Pick<CommandServices, 'handler'>, email: string) => {
  const found = await findAccountByEmail(services, email);
  return found !== undefined && isSameEmail(found.account.loginEmail, email) ? found : undefined;
};

/** The account that this person at a provider logs in. */
export const findAccountByIdentity = async (services: Pick<CommandServices, 'handler'>, identity: ExternalIdentity) => {
  const key = identityKey(identity);
  const { state: reservation } = await services.handler.load(aggregates.identity, identifierIdOf(key));
  if (reservation.status === 'free') return undefined;
  const found = await loadAccount(services, reservation.accountId);
  return found !== undefined && comparable('identity', found.account) === key ? found : undefined;
};

type Addressed = Pick<RegisteredAccount, 'email' | 'recoveryEmail'>;

/** A new address is proved with a code that went there; every other code goes where the person was last known to read mails. */
export const addressForCode = ({ email, recoveryEmail }: Addressed, purpose: OtpPurpose): string =>
  purpose === 'email_verification' ? email : recoveryEmail;
