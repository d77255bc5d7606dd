import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { AccountType, ExternalIdentity, FullName, Phone, Role } from '../../domain/account/events.js';
import { printedName } from '../../domain/account/full-name.js';
import { aggregates } from '../../domain/aggregates.js';
import type { MailSurface } from '../../domain/otp/events.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { loadAccount, type LoadedAccount } from './identifiers/find-account.js';
import { claimIdentifiers, holdIdentifiers, takenKind, type Holds, type IdentifierTaken } from './identifiers/identifier-holds.js';
import { combined, effectOf, type Effect } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface NewAccount {
  readonly name: string | FullName;
  readonly email: string;
  /** Null: the account signs in with another provider only. */
  readonly password: string | null;
  readonly role: Role | null;
  readonly provider: 'local' | 'google';
  readonly imageUrl: string | null;
  readonly username?: string;
  readonly phone?: Phone;
  readonly avatarFile?: string;
  readonly accountType?: AccountType;
  /** The student number of a member. */
  readonly nim?: string;
  readonly parentPhone?: string;
  /** Set where accounts are in use before their address is verified. */
  readonly surface?: MailSurface;
  /** The teacher under whom a student signs up. */
  readonly teacherId?: string;
  /** Of a public page. */
  readonly slug?: string;
  readonly twoFactor?: boolean;
  /** The person at a provider that has verified the address. */
  readonly identity?: ExternalIdentity;
}

export type CreatedAccount =
  | (Readonly<{ ok: true; account: RegisteredAccount }> & Effect)
  | Refusal<IdentifierTaken>;

export const accountIdOf = (commandId: string): string => uuidV5('account', commandId);

/**
 * Holds the identifiers, registers the account and claims the identifiers. Each step is done once per command id: a repeat after
 * a crash completes the rest, and holds that nobody completes expire.
 */
export const createAccount = async (
  services: CommandServices,
  input: NewAccount,
  context: CommandContext,
): Promise<CreatedAccount> => {
  const accountId = accountIdOf(context.commandId);
  const found = await loadAccount(services, accountId);
  const created: CreatedAccount = found === undefined ? await register(services, { ...input, accountId }, context) : earlier(found);
  if (!created.ok) return created;
  const { account } = created;
  const claimed = await claimIdentifiers(services, { accountId, identifiers: account }, context);
  return { ok: true, account, ...combined(created, claimed) };
};

const earlier = ({ account, position }: LoadedAccount): CreatedAccount => ({ ok: true, account, position, changed: true });

const register = async (
  services: CommandServices,
  { password, ...input }: NewAccount & { accountId: string },
  context: CommandContext,
): Promise<CreatedAccount> => {
  const { handler, passwords } = services;
  const { accountId } = input;
  // The hash is made before the holds, which last a minute, and also for a taken address, so that both take as long.
  const passwordHash = password === null ? null : await passwords.hash(password);
  const held = await holdIdentifiers(services, { accountId, identifiers: input }, context);
  if (!held.ok) return held;
  const data = { ...registration(input, held.holds), passwordHash, at: services.clock.now().toISOString() };
  const step = derivedContext(context, 'register-account');
  const registered = await handler.handle(aggregates.account, accountId, { type: 'RegisterAccount', data }, step);
  const account = registered.ok ? registered.state : (await handler.load(aggregates.account, accountId)).state;
  if (account.status === 'registered') return { ok: true, account, ...effectOf(registered) };
  return reject(takenKind(registered.ok ? undefined : registered.details));
};

const registration = (
  { name, email, username, ...input }: Omit<NewAccount, 'password'> & { accountId: string },
  { email: holdId = '', ...otherHolds }: Holds,
) => ({
  ...input,
  ...(typeof name === 'string' ? { name } : { name: printedName(name), fullName: name }),
  ...(username === undefined ? {} : { username: username.trim() }),
  email: email.trim(),
  holdId,
  otherHolds,
});
