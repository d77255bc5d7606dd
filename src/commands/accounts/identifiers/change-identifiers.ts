import type { RegisteredAccount } from '../../../domain/account/decider.js';
import { comparable, type Identifiers } from '../../../domain/account/identifiers.js';
import { aggregates } from '../../../domain/aggregates.js';
import { reject, type Refusal } from '../../../domain/kernel/decider.js';
import { profileOf, type AccountProfile } from '../account-profile.js';
import { derivedContext, type CommandContext } from '../../context.js';
import { loadAccount } from './find-account.js';
import { claimIdentifiers, holdIdentifiers, releaseIdentifiers, takenKind, type Holds, type IdentifierTaken } from './identifier-holds.js';
import { issueOtpTo } from '../issue-otp.js';
import { effectOf, noEffect, succeeded, type Effect, type Outcome } from '../../outcome.js';
import type { CommandServices } from '../../services.js';

export interface NewIdentifiers {
  readonly email?: string;
  readonly username?: string;
  readonly phone?: NonNullable<Identifiers['phone']>;
}

export type ChangeIdentifiersRejection = 'account-not-found' | IdentifierTaken;

interface Change extends NewIdentifiers {
  readonly accountId: string;
  /** How the person showed to be the owner: with the session alone, login stays with the address before until the new one is verified. */
  readonly proof: 'password' | 'session';
}

/**
 * Holds the new identifiers, has the account take all of them at once and claims them; then it frees the old ones, but for an
 * address that is still good for something.
 */
export const changeIdentifiers = async (
  services: CommandServices,
  { accountId, proof, ...input }: Change,
  context: CommandContext,
): Promise<Outcome<AccountProfile, ChangeIdentifiersRejection>> => {
  const wanted = trimmed(input);
  const found = await loadAccount(services, accountId);
  if (found === undefined) return reject('account-not-found');
  const isRepeat = found.commands.has(derivedContext(context, STEP).commandId);
  const changes = isRepeat ? wanted : newOnes(wanted, found.account);
  const taken = isRepeat ? ({ ok: true, ...found, changed: true } as const) : await take(services, { accountId, proof, wanted, changes }, context);
  if (!taken.ok) return taken;
  const { account } = taken;
  const claimed = await claimIdentifiers(services, { accountId, identifiers: changes }, context);
  await releaseIdentifiers(services, { accountId, identifiers: previousOf(account, changes) }, context);
  const isUnproved = changes.email !== undefined && !account.emailVerified;
  const issued = isUnproved
    ? effectOf(await issueOtpTo(services, account, 'email_verification', derivedContext(context, 'issue-otp')))
    : noEffect;
  return succeeded(profileOf(account), taken, claimed, issued);
};

const STEP = 'change-identifiers';

const trimmed = ({ email, username, phone }: NewIdentifiers): NewIdentifiers => ({
  ...(email === undefined ? {} : { email: email.trim() }),
  ...(username === undefined ? {} : { username: username.trim() }),
  ...(phone === undefined ? {} : { phone }),
});

const newOnes = (wanted: NewIdentifiers, account: RegisteredAccount): NewIdentifiers => {
  const { email, username, phone } = wanted;
  const isNew = (kind: keyof NewIdentifiers): boolean => comparable(kind, wanted) !== comparable(kind, account);
  return {
    ...(email !== undefined && isNew('email') ? { email } : {}),
    ...(username !== undefined && isNew('username') ? { username } : {}),
    ...(phone !== undefined && isNew('phone') ? { phone } : {}),
  };
};

const previousOf = (account: RegisteredAccount, { email, username, phone }: NewIdentifiers): Partial<Identifiers> => ({
  ...(email === undefined || account.previousEmail === null ? {} : { email: account.previousEmail }),
  ...(username === undefined ? {} : { username: account.previousUsername }),
  ...(phone === undefined ? {} : { phone: account.previousPhone }),
});

type Taken = (Readonly<{ ok: true; account: RegisteredAccount }> & Effect) | Refusal<ChangeIdentifiersRejection>;

const take = async (
  services: CommandServices,
  { accountId, proof, wanted, changes }: Pick<Change, 'accountId' | 'proof'> & { wanted: NewIdentifiers; changes: NewIdentifiers },
  context: CommandContext,
): Promise<Taken> => {
  const held = await holdIdentifiers(services, { accountId, identifiers: changes }, context);
  if (!held.ok) return held;
  const step = derivedContext(context, STEP);
  const at = services.clock.now().toISOString();
  const data = { accountId, proof, ...takenBy(wanted, held.holds), changeId: step.commandId, at };
  const changed = await services.handler.handle(aggregates.account, accountId, { type: 'ChangeAccountIdentifiers', data }, step);
  if (!changed.ok && changed.rejection !== 'account-not-found') {
    return reject(takenKind(changed.details));
  }
  if (!changed.ok || changed.state.status !== 'registered') return reject('account-not-found');
  return { ok: true, account: changed.state, position: changed.position, changed: changed.changed };
};

const takenBy = ({ email, username, phone }: NewIdentifiers, holds: Holds) => ({
  ...(email === undefined ? {} : { email: { value: email, holdId: holds.email ?? null } }),
  ...(username === undefined ? {} : { username: { value: username, holdId: holds.username ?? null } }),
  ...(phone === undefined ? {} : { phone: { value: phone, holdId: holds.phone ?? null } }),
});
