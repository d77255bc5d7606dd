import t from 'tap';
import { limitedPasswordHasher } from '../../src/composition/limited-password-hasher.js';
import { PasswordsBusy, type PasswordCaller, type PasswordHasher } from '../../src/ports/password-hasher.js';
import { FakeClock } from '../doubles/fake-clock.js';

t.test('a wave of logins leaves threads for the event log, and everybody gets an answer', async (t) => {
  let underWay = 0;
  let most = 0;
  const work = async <Result>(result: Result): Promise<Result> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return result;
  };
  const slow: PasswordHasher = {
    hash: (password) => work(`hash of ${password}`),
    verify: (password, hash) => work(hash === `hash of ${password}`),
    isOutdated: (hash) => hash === 'old',
  };
  const limited = limitedPasswordHasher(slow, { atATime: 2, clock: new FakeClock() });
  const hashes = await Promise.all(Array.from({ length: 20 }, (_, n) => limited.hash(String(n))));
  const verified = await Promise.all(hashes.map((hash, n) => limited.verify(String(n), hash)));
  t.same(verified, hashes.map(() => true));
  t.equal(await limited.verify('a', null), false);
  t.equal(most, 2);
  t.equal(limited.isOutdated('old', 'a'), true);
});

t.test('one that fails lets the next one in', async (t) => {
  const failing: PasswordHasher = { hash: () => Promise.reject(new Error('no')), verify: async () => true, isOutdated: () => false };
  const limited = limitedPasswordHasher(failing, { atATime: 1, clock: new FakeClock() });
  await t.rejects(limited.hash('a'), { message: 'no' });
  t.equal(await limited.verify('a', 'b'), true);
});

/** Hashes when it is told to. */
const slowHasher = () => {
  const underWay: { readonly password: string; readonly finish: () => void }[] = [];
  const hasher: PasswordHasher = {
    hash: (password) => new Promise((resolve) => underWay.push({ password, finish: () => resolve(password) })),
    verify: async () => true,
    isOutdated: () => false,
  };
  const finishOne = async (): Promise<string | undefined> => {
    const next = underWay.shift();
    next?.finish();
    await new Promise((resolve) => setImmediate(resolve));
    return next?.password;
  };
  return { hasher, underWay, finishOne };
};

const caller = (address: string): PasswordCaller & { readonly hangUp: () => void } => {
  const leaving = new Set<() => void>();
  return {
    address,
    hangUp: () => leaving.forEach((leave) => leave()),
    whenGone: (leave) => {
      leaving.add(leave);
      return () => leaving.delete(leave);
    },
  };
};

const of = (limited: PasswordHasher, each: PasswordCaller): PasswordHasher => limited.forCaller?.(each) ?? limited;

const refusal = (asked: Promise<unknown> | undefined): Promise<unknown> => (asked ?? Promise.resolve()).then(() => 'no refusal', (error: unknown) => error);

t.test('issue 9.4: an address with many passwords holds up only itself', async (t) => {
  const { hasher, finishOne } = slowHasher();
  const limited = limitedPasswordHasher(hasher, { atATime: 1, clock: new FakeClock() });
  const flood = caller('203.0.113.9');
  for (let n = 0; n < 50; n += 1) void of(limited, flood).hash(`flood ${n}`);
  void of(limited, caller('198.51.100.1')).hash('honest');
  void of(limited, caller('198.51.100.2')).hash('another');
  await new Promise((resolve) => setImmediate(resolve));
  const order: (string | undefined)[] = [];
  for (let n = 0; n < 5; n += 1) order.push(await finishOne());
  t.same(order, ['flood 0', 'flood 1', 'honest', 'another', 'flood 2'], 'at most one turn of each other address is waited for');
});

t.test('issue 9.4: the queue has an end, and whoever waits with most makes room', async (t) => {
  const { hasher, finishOne } = slowHasher();
  const limited = limitedPasswordHasher(hasher, { atATime: 1, mostWaiting: 3, clock: new FakeClock() });
  const flood = caller('203.0.113.9');
  const asked = [0, 1, 2, 3].map(async (n) => of(limited, flood).hash(`flood ${n}`));
  await new Promise((resolve) => setImmediate(resolve));
  t.match(await refusal(of(limited, flood).hash('one too many')), { name: 'PasswordsBusy', reason: 'full', retryAfterMs: 750 });
  const honest = of(limited, caller('198.51.100.1')).hash('honest');
  t.type(await refusal(asked[3]), PasswordsBusy);
  while ((await finishOne()) !== undefined);
  t.equal(await honest, 'honest');
  t.same(await Promise.all(asked.slice(0, 3)), ['flood 0', 'flood 1', 'flood 2']);
});

t.test('issue 9.4: a caller that hung up leaves the queue', async (t) => {
  const { hasher, underWay, finishOne } = slowHasher();
  const limited = limitedPasswordHasher(hasher, { atATime: 1, clock: new FakeClock() });
  const gone = caller('203.0.113.9');
  const first = of(limited, caller('198.51.100.1')).hash('first');
  const second = of(limited, gone).hash('second');
  const third = of(limited, caller('198.51.100.2')).hash('third');
  await new Promise((resolve) => setImmediate(resolve));
  gone.hangUp();
  t.match(await refusal(second), { reason: 'gone' });
  await finishOne();
  t.same(underWay.map(({ password }) => password), ['third']);
  await finishOne();
  t.same(await Promise.all([first, third]), ['first', 'third']);
});

t.test('issue 9.4: an address has one budget, and has it again a minute later', async (t) => {
  const clock = new FakeClock();
  const quick: PasswordHasher = { hash: async () => 'h', verify: async () => true, isOutdated: () => false };
  const limited = limitedPasswordHasher(quick, { atATime: 1, budget: { max: 2, windowMs: 60_000 }, clock });
  const mine = of(limited, caller('203.0.113.9'));
  await mine.hash('a');
  await mine.verify('a', 'h');
  t.match(await refusal(mine.verify('a', 'h')), { reason: 'spent', retryAfterMs: 60_000 });
  await of(limited, caller('198.51.100.1')).hash('a');
  await limited.hash('the program itself');
  clock.set(new Date(clock.now().getTime() + 60_000));
  t.equal(await mine.verify('a', 'h'), true);
});
