import { isSameEmail } from '../../../domain/account/addresses.js';
import type { RegisteredAccount } from '../../../domain/account/decider.js';
import { normaliseEmail } from '../../../domain/account/email.js';
import type { ExternalIdentity } from '../../../domain/account/events.js';
import { comparable, identityKey } from '../../../domain/account/identifiers.js';
import { aggregates } from '../../../domain/aggregates.js';
import type { OtpPurpose } from '../../../domain/otp/events.js';
import type { Position } from '../../../ports/event-store.js';
import { uuidV5 } from '../../../primitives/uuid-v5.js';
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

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** An id like an account's that no account has: what is looked for by it costs as much as for an account. */
export const nobodysId = (name: string): string => uuidV5(name, NOBODY);

/**
 * The account that is shown this address, logs in with it or gets its codes there. As many reads for an address that nobody has:
 * the time that they take tells nothing.
 */
export const findAccountByEmail = async ({ handler }: Pick<CommandServices, 'handler'>, email: string): Promise<LoadedAccount | undefined> => {
  const emailId = emailIdOf(email);
  const { state: reservation } = await handler.read(aggregates.email, emailId);
  const accountId = reservation.status === 'free' ? nobodysId(emailId) : reservation.accountId;
  const { state: account, position, commands } = await handler.read(aggregates.account, accountId);
  if (account.status !== 'registered') return undefined;
  const found = { account, position, commands };
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
