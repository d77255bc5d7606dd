import t from 'tap';
import { activateAccount } from '../../../src/commands/accounts/activate-account.js';
import { requestOtpLater } from '../../../src/commands/accounts/issue-otp.js';
import { logIn } from '../../../src/commands/accounts/log-in.js';
import { resetPassword } from '../../../src/commands/accounts/reset-password.js';
import { verifyEmail } from '../../../src/commands/accounts/verify-email.js';
import { verifyOtp } from '../../../src/commands/accounts/verify-otp.js';
import { verifySecondFactor } from '../../../src/commands/accounts/verify-second-factor.js';
import { DeferredWork } from '../../../src/commands/deferred-work.js';
import type { CommandServices } from '../../../src/commands/services.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventStore } from '../../../src/ports/event-store.js';
import type { PasswordHasher } from '../../../src/ports/password-hasher.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, QuickHasher, servicesOver } from '../../fixtures/command-services.js';
import { ada, countOf, latestCode, newWorld, signedUp, wrongFor, worldOver, type World } from '../../fixtures/accounts.js';

/** Who is asked about: a verified address, one with a code under way, one whose code was tried up, and nobody's. */
const KINDS = ['verified', 'unverified', 'asked', 'tried-up', 'unknown'] as const;
const emailOf = (kind: string): string => `${kind}@example.com`;

type Attempt = (services: CommandServices, email: string) => Promise<unknown>;

const code = '123456';
const newPassword = 'another password';

const attempts: Readonly<Record<string, Attempt>> = {
  'forgot-password': (services, email) => requestOtpLater(services)({ email, purpose: 'password_reset' }, contextFor()),
  'resend a code': (services, email) => requestOtpLater(services)({ email, purpose: 'email_verification' }, contextFor()),
  'a code to log in': (services, email) => requestOtpLater(services)({ email, purpose: 'login_verification' }, contextFor()),
  'reset-password': (services, email) => resetPassword(services)({ email, code, newPassword }, contextFor()),
  'verify-email': (services, email) => verifyEmail(services)({ email, code }, contextFor()),
  'verify a code of a reset': (services, email) => verifyOtp(services)({ email, code, purpose: 'password_reset' }, contextFor()),
  'verify a code of an address': (services, email) => verifyOtp(services)({ email, code, purpose: 'email_verification' }, contextFor()),
  'verify a code of a log-in': (services, email) => verifyOtp(services)({ email, code, purpose: 'login_verification' }, contextFor()),
  'activate': (services, email) => activateAccount(services)({ email, code }, contextFor()),
  'the second step of a log-in': (services, email) => verifySecondFactor(services)({ email, code }, contextFor()),
  'log in': (services, email) => logIn(services)({ email, password: 'wrong' }, contextFor()),
};

const PURPOSES = ['password_reset', 'email_verification', 'login_verification'] as const;

/** A log with an address of each kind. */
const peopled = async (): Promise<World> => {
  const world = newWorld();
  const { services } = world;
  const verified = await signedUp(world, { ...ada, email: emailOf('verified') });
  await verifyEmail(services)({ email: emailOf('verified'), code: await latestCode(world, 'email_verification', verified) }, contextFor());
  await signedUp(world, { ...ada, email: emailOf('unverified') });
  for (const kind of ['asked', 'tried-up']) {
    const accountId = await signedUp(world, { ...ada, email: emailOf(kind) });
    const email = emailOf(kind);
    for (const purpose of PURPOSES) {
      await requestOtpLater(services)({ email, purpose }, contextFor());
      await services.deferred.settled();
      const wrong = wrongFor(await latestCode(world, purpose, accountId));
      for (let count = 0; kind === 'tried-up' && count < 6; count += 1) await verifyOtp(services)({ email, code: wrong, purpose }, contextFor());
      await services.deferred.settled();
    }
  }
  return world;
};

interface Traced {
  readonly services: CommandServices;
  readonly calls: string[];
  /** What was deferred begins. */
  readonly release: () => void;
}

/** Counts what is asked of the ports; what is deferred waits until it is released. */
const traced = (store: EventStore<DomainEvent>, shared: boolean, clock: World['clock']): Traced => {
  const calls: string[] = [];
  const waiting: (() => void)[] = [];
  const counted: EventStore<DomainEvent> = {
    shared,
    scale: store.scale,
    // As the embedded log does: it tells of what is not there without a read.
    ...(shared ? {} : { mayHave: () => false }),
    append: (...given) => {
      calls.push('append');
      return store.append(...given);
    },
    readStream: (...given) => {
      calls.push('read');
      return store.readStream(...given);
    },
    readAll: (...given) => store.readAll(...given),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
  const quick = new QuickHasher();
  const passwords: PasswordHasher = {
    hash: (password) => {
      calls.push('hash');
      return quick.hash(password);
    },
    verify: (password, hash) => {
      calls.push('hash');
      return quick.verify(password, hash);
    },
    isOutdated: (hash) => quick.isOutdated(hash),
  };
  const deferred = new DeferredWork({ start: (begin) => void waiting.push(begin) });
  return { services: servicesOver(counted, { passwords, deferred, clock }), calls, release: () => waiting.splice(0).forEach((begin) => begin()) };
};

for (const shared of [false, true]) {
  for (const [name, attempt] of Object.entries(attempts)) {
    t.test(`issue 9.26: ${name} does the same work before the answer for every address, ${shared ? 'on a shared log' : 'on a log of its own'}`, async (t) => {
      const world = await peopled();
      const trace = async (kind: string): Promise<{ calls: readonly string[]; answer: unknown }> => {
        const { services, calls, release } = traced(world.store, shared, world.clock);
        const answer = await attempt(services, emailOf(kind));
        const first = calls.splice(0);
        release();
        await services.deferred.settled();
        calls.splice(0);
        // Once more, with all that is kept in memory now.
        await attempt(services, emailOf(kind));
        return { calls: [...first, 'again', ...calls], answer };
      };
      const unknown = await trace('unknown');
      t.ok(unknown.calls.length < 30, 'it waits for nothing without end');
      for (const kind of KINDS) t.same(await trace(kind), unknown, kind);
    });
  }
}

t.test('issue 9.26: what is deferred is done: the code is issued, the wrong one is counted', async (t) => {
  const world = newWorld();
  const accountId = await signedUp(world);
  const { services, release } = traced(world.store, true, world.clock);
  await requestOtpLater(services)({ email: ada.email, purpose: 'password_reset' }, contextFor());
  t.equal(await countOf(world, 'OtpIssued'), 1, 'that of the sign-up');
  release();
  await services.deferred.settled();
  t.equal(await countOf(world, 'OtpIssued'), 2);
  const right = await latestCode(worldOver(world.store, world.clock), 'password_reset', accountId);
  await verifyOtp(services)({ email: ada.email, code: wrongFor(right), purpose: 'password_reset' }, contextFor());
  t.equal(await countOf(world, 'OtpRefused'), 0);
  release();
  await services.deferred.settled();
  t.equal(await countOf(world, 'OtpRefused'), 1);
});

t.test('issue 9.26: a right code waits for the wrong ones before it: the sixth try is no good', async (t) => {
  const world = worldOver(new MemoryEventStore<DomainEvent>());
  const accountId = await signedUp(world);
  const right = await latestCode(world, 'email_verification', accountId);
  const guesses = [...Array.from({ length: 5 }, () => wrongFor(right)), right];
  const outcomes = await Promise.all(guesses.map((guess) => verifyEmail(world.services)({ email: ada.email, code: guess }, contextFor())));
  t.ok(outcomes.every(({ ok }) => !ok));
  t.equal(await countOf(world, 'OtpRefused'), 5);
});
