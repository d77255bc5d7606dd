import { randomUUID } from 'node:crypto';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { otpAggregate } from '../../../src/commands/account-aggregates.js';
import { CommandHandler } from '../../../src/commands/command-handler.js';
import type { CommandContext } from '../../../src/commands/context.js';
import { loadAccount } from '../../../src/commands/email-identity.js';
import { otpIdOf } from '../../../src/commands/issue-otp.js';
import { oneTimeCode } from '../../../src/commands/one-time-code.js';
import { registerAccount, type RegisterAccountInput } from '../../../src/commands/register-account.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import type { EventStore, RecordedEvent } from '../../../src/ports/event-store.js';
import type { PasswordHasher } from '../../../src/ports/password-hasher.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

/** Hashes that can be read, made at a cost that can be raised; counts what it was asked. */
export class PlainHasher implements PasswordHasher {
  cost = 1;
  readonly verified: (string | null)[] = [];
  hashed = 0;

  hash(password: string): Promise<string> {
    this.hashed += 1;
    return Promise.resolve(`${this.cost}:${password}`);
  }

  verify(password: string, hash: string | null): Promise<boolean> {
    this.verified.push(hash);
    return Promise.resolve(hash !== null && hash.slice(hash.indexOf(':') + 1) === password);
  }

  isOutdated(hash: string): boolean {
    return Number.parseInt(hash, 10) < this.cost;
  }
}

export interface World {
  readonly services: CommandServices;
  readonly store: EventStore<DomainEvent>;
  readonly clock: FakeClock;
  readonly passwords: PlainHasher;
}

const keys = new DerivedKeyStore('a secret for tests');

export const worldOver = (store: EventStore<DomainEvent>, clock = new FakeClock()): World => {
  const passwords = new PlainHasher();
  const settings = { currency: 'USD', paymentTimeoutMs: 900_000, cashPaymentTimeoutMs: 604_800_000, openAdminSignUp: false };
  const handler = new CommandHandler({ store, codec: new EventCodec(), clock });
  return { services: { handler, clock, keys, passwords, settings }, store, clock, passwords };
};

export const newWorld = (): World => worldOver(new MemoryEventStore<DomainEvent>());

/** The log as two nodes see it: each has its own state in memory, and only the store decides who was first. */
export const twoNodes = (): readonly [World, World] => {
  const log = new MemoryEventStore<DomainEvent>();
  const shared: EventStore<DomainEvent> = {
    shared: true,
    scale: log.scale,
    append: (...given) => log.append(...given),
    readStream: (...given) => log.readStream(...given),
    readAll: (...given) => log.readAll(...given),
    subscribe: (options) => log.subscribe(options),
    head: () => log.head(),
    close: () => log.close(),
  };
  const clock = new FakeClock();
  return [worldOver(shared, clock), worldOver(shared, clock)];
};

export class Crash extends Error {
  override readonly name = 'Crash';
}

/** A process that dies instead of making its append number `appends + 1`. */
export const dyingAfter = (appends: number, { store, clock }: World): World => {
  let made = 0;
  return worldOver(
    {
      shared: false,
      scale: store.scale,
      append: (...given) => {
        made += 1;
        return made > appends ? Promise.reject(new Crash()) : store.append(...given);
      },
      readStream: (...given) => store.readStream(...given),
      readAll: (...given) => store.readAll(...given),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      close: () => store.close(),
    },
    clock,
  );
};

/** The same log after a restart. */
export const restarted = ({ store, clock }: World): World => worldOver(store, clock);

export const contextFor = (commandId: string = randomUUID()): CommandContext => ({
  commandId,
  actorId: null,
  correlationId: 'correlation',
  causationId: 'request',
});

export const ada: RegisterAccountInput = {
  name: 'Ada',
  email: 'Ada@Example.com',
  password: 'analytical',
  role: 'student',
  actorRole: null,
  provider: 'local',
  imageUrl: null,
};

/** Signs somebody up and says the account's id. */
export const signedUp = async ({ services }: World, changes: Partial<RegisterAccountInput> = {}): Promise<string> => {
  const outcome = await registerAccount(services)({ ...ada, ...changes }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.accountId;
};

export const accountState = async ({ services }: World, accountId: string) => {
  const found = await loadAccount(services, accountId);
  if (found === undefined) throw new Error('no such account');
  return found.account;
};

/** The code that stands in the latest mail. */
export const latestCode = async ({ services }: World, purpose: OtpPurpose, accountId: string): Promise<string> => {
  const { state } = await services.handler.load(otpAggregate, otpIdOf(purpose, accountId));
  if (state.status === 'none') throw new Error('no code was issued');
  return oneTimeCode(services.keys, state.otpId);
};

export const wrongFor = (code: string): string => (code === '000000' ? '000001' : '000000');

export const eventsOf = async ({ store }: World): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  const events: RecordedEvent<DomainEvent>[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};

export const countOf = async (world: World, type: DomainEvent['type']): Promise<number> =>
  (await eventsOf(world)).filter((event) => event.type === type).length;

export const twenty = <Value>(make: (index: number) => Promise<Value>): Promise<readonly Value[]> =>
  Promise.all(Array.from({ length: 20 }, (_, index) => make(index)));
