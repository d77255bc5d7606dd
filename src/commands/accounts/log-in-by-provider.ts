import { isSameEmail } from '../../domain/account/addresses.js';
import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { ExternalIdentity } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { createAccount } from './create-account.js';
import { findAccountByEmail, findAccountByIdentity } from './identifiers/find-account.js';
import { claimIdentifiers, holdIdentifiers, takenKind, type IdentifierTaken } from './identifiers/identifier-holds.js';
import { openSession, type SessionTokens } from './open-session.js';
import { combined, noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import { passSecondFactor, type SecondFactorRejection } from './second-factor.js';
import type { CommandServices } from '../services.js';

/** What a provider has said of the person who signed in there. */
export interface ProviderProfile {
  readonly identity: ExternalIdentity;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string;
  readonly imageUrl: string | null;
}

type LinkRejection = 'account-not-found' | 'identity-email-not-verified' | 'identity-already-linked' | IdentifierTaken;
export type LogInByProviderRejection = LinkRejection | 'provider-email-not-verified' | SecondFactorRejection;

type Found = (Readonly<{ ok: true; account: RegisteredAccount }> & Effect) | Refusal<LinkRejection | 'provider-email-not-verified'>;

/**
 * Logs in whom a provider vouches for: the account that is linked to this person; else, if both sides have verified the address,
 * the account with the same address, which is linked; else a new account without password and role. The second factor is asked
 * for as ever: its code goes to verifySecondFactor.
 */
export const logInByProvider =
  (services: CommandServices) =>
  async (profile: ProviderProfile, context: CommandContext): Promise<Outcome<SessionTokens, LogInByProviderRejection>> => {
    const first = await accountFor(services, profile, derivedContext(context, 'find-account'));
    // Taken by a log-in at the same moment, perhaps of the same person.
    const isLate = !first.ok && (first.rejection === 'email-taken' || first.rejection === 'identity-taken');
    const found = isLate ? await accountFor(services, profile, derivedContext(context, 'find-account-again')) : first;
    if (!found.ok) return found;
    const passed = await passSecondFactor(services, found.account, { policy: 'when-enabled', otp: undefined }, context);
    if (!passed.ok) return passed;
    const session = await openSession(services, found.account, derivedContext(context, 'open-session'));
    return succeeded(session.value, found, passed, session);
  };

const accountFor = async (services: CommandServices, profile: ProviderProfile, context: CommandContext): Promise<Found> => {
  const { identity, email, emailVerified, name, imageUrl } = profile;
  const linked = await findAccountByIdentity(services, identity);
  if (linked !== undefined) return { ok: true, account: linked.account, ...noEffect };
  if (email === null || !emailVerified) return reject('provider-email-not-verified');
  const found = await findAccountByEmail(services, email);
  if (found !== undefined) return link(services, { account: found.account, identity, email }, context);
  return createAccount(services, { name, email, password: null, role: null, provider: identity.provider, imageUrl, identity }, context);
};

const link = async (
  services: CommandServices,
  { account, identity, email }: { account: RegisteredAccount; identity: ExternalIdentity; email: string },
  context: CommandContext,
): Promise<Found> => {
  const { accountId } = account;
  // The account decides again; this spares it the hold.
  if (!account.emailVerified || !isSameEmail(account.email, email)) return reject('identity-email-not-verified');
  if (account.identity !== null) return reject('identity-already-linked');
  const held = await holdIdentifiers(services, { accountId, identifiers: { identity } }, context);
  if (!held.ok) return held;
  const step = derivedContext(context, 'link-identity');
  const data = { accountId, identity, holdId: held.holds.identity ?? '', email, changeId: step.commandId, at: services.clock.now().toISOString() };
  const linked = await services.handler.handle(aggregates.account, accountId, { type: 'LinkExternalIdentity', data }, step);
  if (!linked.ok) {
    const { rejection, details } = linked;
    if (rejection === 'identifier-hold-cancelled') return reject(takenKind(details));
    return reject(rejection === 'identity-email-not-verified' || rejection === 'identity-already-linked' ? rejection : 'account-not-found');
  }
  if (linked.state.status !== 'registered') return reject('account-not-found');
  const claimed = await claimIdentifiers(services, { accountId, identifiers: { identity } }, context);
  return { ok: true, account: linked.state, ...combined(linked, claimed) };
};
