import { randomUUID } from 'node:crypto';
import type { RegisteredAccount } from '../../domain/account/decider.js';
import { normaliseEmail } from '../../domain/account/email.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { recentFailures, turnAt, turnOf, type NetworkInTurn, type PasswordTries } from '../../domain/password-tries/decider.js';
import type { KeyStore } from '../../ports/key-store.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';

export type TryPasswordRejection = 'password-tries-spent';

interface Try {
  /** The address that logs in; nobody need have it. */
  readonly address: string;
  readonly account: Pick<RegisteredAccount, 'accountId' | 'passwordHash'> | undefined;
  readonly password: string;
}

type Tried = Readonly<{ ok: true; isRight: boolean }> | Refusal<TryPasswordRejection>;

type Services = Pick<CommandServices, 'handler' | 'clock' | 'keys' | 'passwords' | 'tries'>;

/**
 * Every password that a person gives is checked here, so that all surfaces and fields share one count per address. An address
 * without an account is counted and answered alike. Past twenty wrong ones in an hour a network that the right one never came from
 * has to wait for its turn: it is refused at once, and holds neither a connection nor a hash meanwhile.
 */
export const tryPassword = async (services: Services, { address, account, password }: Try, context: CommandContext): Promise<Tried> => {
  const { handler, passwords, clock, keys, tries } = services;
  const verify = (): Promise<boolean> => passwords.verify(password, account?.passwordHash ?? null);
  if (tries === null || context.caller === undefined) return { ok: true, isRight: await verify() };
  const triesId = triesIdOf(keys, address);
  const inTurn = networkOf(keys, triesId, context.caller);
  const { state } = await handler.load(aggregates.passwordTries, triesId);
  const waitMs = waitOf(tries, state, { triesId, inTurn, at: clock.now().toISOString() });
  if (waitMs > 0) return reject('password-tries-spent', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
  return tries.during(triesId, async () => {
    const isRight = await verify();
    await record(services, { triesId, accountId: account?.accountId ?? null, network: inTurn.network, isRight }, context);
    return { ok: true, isRight };
  });
};

/** The right code from a mail proves the owner as well as the password does: the network it came from need not wait. */
export const rememberNetwork = async (
  services: Services,
  { loginEmail, accountId }: Pick<RegisteredAccount, 'loginEmail' | 'accountId'>,
  context: CommandContext,
): Promise<void> => {
  const { keys, tries } = services;
  if (tries === null || context.caller === undefined) return;
  const triesId = triesIdOf(keys, loginEmail);
  const { network } = networkOf(keys, triesId, context.caller);
  await record(services, { triesId, accountId, network, isRight: true }, context);
};

const waitOf = (
  tries: NonNullable<Services['tries']>,
  state: PasswordTries,
  { triesId, inTurn, at }: { triesId: string; inTurn: NetworkInTurn; at: string },
): number => {
  const turn = turnOf(state, inTurn, { failures: recentFailures(state, at) + tries.underWay(triesId), at });
  if (turn === null) return 0;
  if (turn.inMs > 0) return turn.inMs;
  return tries.takeTurn(triesId, inTurn.network, turnAt(at)) ? 0 : turn.nextInMs;
};

interface Recorded {
  readonly triesId: string;
  readonly accountId: string | null;
  readonly network: string;
  readonly isRight: boolean;
}

const record = async ({ handler, clock }: Services, tried: Recorded, context: CommandContext): Promise<void> => {
  // Each try is a command of its own: no repeat of a request is a free guess.
  const step = { ...context, commandId: randomUUID(), causationId: context.commandId };
  const data = { ...tried, at: clock.now().toISOString() };
  await handler.handle(aggregates.passwordTries, tried.triesId, { type: 'RecordPasswordTry', data }, step);
};

const signed = (keys: Pick<KeyStore, 'sign'>, text: string): Buffer => keys.sign('password-tries', text);

const triesIdOf = (keys: Pick<KeyStore, 'sign'>, address: string): string =>
  signed(keys, `address/${normaliseEmail(address)}`).toString('hex').slice(0, 32);

const networkOf = (keys: Pick<KeyStore, 'sign'>, triesId: string, caller: string): NetworkInTurn => {
  const digest = signed(keys, `network/${triesId}/${caller}`);
  return { network: digest.toString('hex').slice(0, 32), place: digest.readUInt32BE(28) };
};
