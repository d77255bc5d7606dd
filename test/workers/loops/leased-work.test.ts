import t from 'tap';
import { InProcessLeases } from '../../../src/adapters/embedded/leases.js';
import { FenceLost, fencedCheckpoints, type Checkpoints } from '../../../src/ports/checkpoints.js';
import type { Clock } from '../../../src/ports/clock.js';
import type { Leases } from '../../../src/ports/leases.js';
import { runLeased, type LeasedWork } from '../../../src/workers/loops/leased-work.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { FencedMemoryCheckpoints } from '../../doubles/fenced-memory-checkpoints.js';

/** Work that a test can look at: who does it, and when it ends. */
const watchedWork = () => {
  const owners: string[] = [];
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const notify of watchers) notify();
  };
  const workOf = (holder: string): LeasedWork => async (signal) => {
    owners.push(holder);
    changed();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    owners.splice(owners.indexOf(holder), 1);
    changed();
  };
  const when = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise<void>((resolve) => watchers.add(resolve));
  };
  return { owners, workOf, when };
};

/** Moves time on in steps until the promise is settled. */
const passUntil = async (clock: FakeClock, promise: Promise<unknown>): Promise<number> => {
  const start = clock.now().getTime();
  let settled = false;
  void promise.finally(() => (settled = true));
  for (;;) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (settled) return clock.now().getTime() - start;
    clock.advance(250);
  }
};

/** A clock whose owner can be stopped: while it is, nothing that waits goes on. */
class StoppableClock implements Clock {
  #resume: (() => void) | undefined;
  #stopped: Promise<void> = Promise.resolve();

  constructor(readonly clock: FakeClock) {}

  stop(): void {
    this.#stopped = new Promise((resolve) => (this.#resume = resolve));
  }

  goOn(): void {
    this.#resume?.();
  }

  now(): Date {
    return this.clock.now();
  }

  async until(time: Date, signal: AbortSignal): Promise<void> {
    await this.clock.until(time, signal);
    await this.#stopped;
  }

  after(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.until(new Date(this.now().getTime() + milliseconds), signal);
  }
}

const failOn = (work: string, error: unknown): never => {
  throw new Error(`${work} failed`, { cause: error });
};

const opened = (over: { leases?: (leases: Leases) => Leases } = {}) => {
  const clock = new FakeClock();
  const inProcess = new InProcessLeases(clock);
  const leases = over.leases?.(inProcess) ?? inProcess;
  return { clock, leases, ...watchedWork() };
};

t.test('one works, the other stands by and takes over at once when the first ends', async (t) => {
  const { clock, leases, owners, workOf, when } = opened();
  const [first, second] = [new AbortController(), new AbortController()];
  const services = { leases, clock, onFailure: failOn };
  const running = runLeased({ ...services, holder: 'a' }, 'work', workOf('a'), first.signal);
  await when(() => owners.length === 1);
  const standingBy = runLeased({ ...services, holder: 'b' }, 'work', workOf('b'), second.signal);
  const waited = passUntil(clock, when(() => owners.includes('b')));
  for (let turn = 0; turn < 50; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  t.same(owners, ['a']);
  first.abort();
  await running;
  await waited;
  t.same(owners, ['b']);
  second.abort();
  await standingBy;
  t.same(owners, []);
});

t.test('a dead owner’s work is taken over within 10 s', async (t) => {
  const { clock, leases, owners, workOf, when } = opened();
  await leases.acquire('work', 'dead', 6_000);
  const abort = new AbortController();
  const running = runLeased({ leases, clock, holder: 'b', onFailure: failOn }, 'work', workOf('b'), abort.signal);
  t.ok((await passUntil(clock, when(() => owners.includes('b')))) <= 10_000);
  abort.abort();
  await running;
});

t.test('a paused owner that wakes up after the hand-over can not write, and stops', async (t) => {
  const { clock, leases, owners, workOf, when } = opened();
  const checkpoints: Checkpoints = new FencedMemoryCheckpoints();
  const asleep = new StoppableClock(clock);
  const abort = new AbortController();
  let paused = checkpoints;
  const changes: string[] = [];
  const onChange = (_work: string, change: string): void => void changes.push(change);
  const first = runLeased(
    { leases, clock: asleep, holder: 'a', onFailure: failOn, onChange },
    'work',
    async (signal, fence) => {
      paused = fencedCheckpoints(checkpoints, fence);
      await paused.set('work', 1n);
      await workOf('a')(signal, fence);
    },
    abort.signal,
  );
  await when(() => owners.includes('a'));
  asleep.stop();
  const second = runLeased(
    { leases, clock, holder: 'b', onFailure: failOn },
    'work',
    async (signal, fence) => {
      t.equal(await checkpoints.get('work', fence), 1n);
      await workOf('b')(signal, fence);
    },
    abort.signal,
  );
  await passUntil(clock, when(() => owners.includes('b')));
  await t.rejects(paused.set('work', 2n), FenceLost);
  t.equal(await checkpoints.get('work'), 1n);
  asleep.goOn();
  await when(() => !owners.includes('a'));
  t.same(owners, ['b']);
  abort.abort();
  await Promise.all([first, second]);
  t.same(changes, ['owned', 'lost']);
});

t.test('an owner that can not reach the leases stops before its time is over', async (t) => {
  let reachable = true;
  const { clock, leases, owners, workOf, when } = opened({
    leases: (leases) => ({
      acquire: (...args) => (reachable ? leases.acquire(...args) : Promise.reject(new Error('away'))),
      renew: (...args) => (reachable ? leases.renew(...args) : new Promise(() => undefined)),
      release: (...args) => leases.release(...args),
    }),
  });
  const abort = new AbortController();
  const failures: string[] = [];
  const onFailure = (work: string): void => void failures.push(work);
  const running = runLeased({ leases, clock, holder: 'a', onFailure }, 'work', workOf('a'), abort.signal);
  await when(() => owners.includes('a'));
  reachable = false;
  t.ok((await passUntil(clock, when(() => owners.length === 0))) <= 6_000);
  reachable = true;
  await passUntil(clock, when(() => owners.includes('a')));
  t.ok(failures.length > 0);
  abort.abort();
  await running;
});

t.test('work that throws is told, given up and begun again', async (t) => {
  const { clock, leases } = opened();
  const abort = new AbortController();
  const failures: unknown[] = [];
  let begun = 0;
  const work: LeasedWork = async () => {
    begun += 1;
    if (begun === 3) abort.abort();
    else throw new Error(`try ${begun}`);
  };
  const onFailure = (_work: string, error: unknown): void => void failures.push(error);
  await passUntil(clock, runLeased({ leases, clock, holder: 'a', onFailure }, 'work', work, abort.signal));
  t.match(failures, [{ message: 'try 1' }, { message: 'try 2' }]);
});
