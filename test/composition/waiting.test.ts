import { pino } from 'pino';
import t, { type Test } from 'tap';
import { startApplication } from '../../src/composition/application.js';
import { retryUntilAvailable } from '../../src/composition/retry-until-available.js';
import { loadConfig } from '../../src/config.js';
import { EventStoreUnavailable } from '../../src/ports/event-store.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { freePort } from '../servers/free-port.js';

interface Line {
  readonly msg: string;
  readonly part?: string;
  readonly reason?: string;
  readonly retryInMs?: number;
}

const logging = () => {
  const lines: Line[] = [];
  return { lines, logger: pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) }) };
};

const patience = () => {
  const clock = new FakeClock();
  const waits: string[] = [];
  const over = new AbortController();
  const { lines, logger } = logging();
  return { clock, waits, lines, over, parts: { clock, logger, signal: over.signal, onWaiting: (part: string, reason: string) => void waits.push(`${part}: ${reason}`) } };
};

/** Lets the clock run from one wait to the next. */
const elapse = async (clock: FakeClock, milliseconds: number): Promise<void> => {
  const due = new Date(clock.now().getTime() + milliseconds);
  await clock.whenWaiting(due);
  clock.set(due);
};

t.test('a server that is not there yet is asked again, ever more slowly, and said to be waited for', async (t) => {
  const { clock, waits, lines, parts } = patience();
  let failures = 8;
  const opening = retryUntilAvailable('eventStore', async () => {
    if (failures > 0) {
      failures -= 1;
      throw new EventStoreUnavailable('nobody there');
    }
    return 'open';
  }, parts);
  const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000];
  for (const pause of pauses) await elapse(clock, pause);
  t.equal(await opening, 'open');
  t.same(waits, pauses.map(() => 'eventStore: nobody there'));
  t.match(lines, pauses.map((retryInMs) => ({ msg: 'waiting for a server', part: 'eventStore', reason: 'nobody there', retryInMs })));
});

t.test('a server that says nothing is told of after a second', async (t) => {
  const { clock, waits, parts } = patience();
  let answer = (_part: string): void => undefined;
  const opening = retryUntilAvailable('bus', () => new Promise<string>((resolve) => (answer = resolve)), parts);
  await elapse(clock, 1_000);
  await new Promise((resolve) => setImmediate(resolve));
  t.same(waits, ['bus: no answer yet']);
  answer('open');
  t.equal(await opening, 'open');
});

t.test('a wish to stop does not wait for a client that waits for its server', async (t) => {
  const { over, parts } = patience();
  const opening = retryUntilAvailable('bus', () => new Promise<string>(() => undefined), parts);
  over.abort();
  await t.rejects(opening, /stopped before it opened bus/);
});

t.test('what waiting does not mend is not waited for, and a wish to stop ends it', async (t) => {
  const { waits, over, clock, parts } = patience();
  await t.rejects(retryUntilAvailable('readModels', () => Promise.reject(new Error('MongoDB 4.4 is too old')), parts), /too old/);
  t.same(waits, []);
  const opening = retryUntilAvailable('eventStore', () => Promise.reject(new EventStoreUnavailable('nobody there')), parts);
  await clock.whenWaiting(new Date(clock.now().getTime() + 250));
  over.abort();
  await t.rejects(opening, EventStoreUnavailable);
});

const until = async <Value>(look: () => Promise<Value | undefined>): Promise<Value> => {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come within ten seconds');
};

const starting = async (t: Test, variables: Readonly<Record<string, string>>) => {
  const port = await freePort();
  const { lines, logger } = logging();
  const over = new AbortController();
  const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: t.testdir(), HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', ...variables });
  const started = startApplication(config, logger, { signal: over.signal });
  started.catch(() => undefined);
  const end = async (): Promise<void> => {
    over.abort();
    await t.rejects(started);
  };
  return { lines, end, url: `http://127.0.0.1:${port}` };
};

const away: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['eventStore', { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' }],
  ['readModels', { MONGODB_URL: 'mongodb://127.0.0.1:1/registrar' }],
  ['bus', { NATS_URL: 'nats://127.0.0.1:1' }],
];
t.jobs = away.length;
for (const [part, variables] of away) {
  t.test(`until there is the ${part}, every request is answered 503, /health names it, and the log says so`, { buffered: true }, async (t) => {
    const { url, lines, end } = await starting(t, variables);
    const health = await until(async () => fetch(`${url}/health`));
    t.equal(health.status, 503);
    t.match(await health.json(), { status: 'unavailable', parts: { [part]: { status: 'down', detail: String } } });
    const other = await fetch(`${url}/courses`);
    t.equal(other.status, 503);
    t.ok(other.headers.get('retry-after'));
    t.match(await other.json(), { status: 503, code: 'starting', detail: new RegExp(part) });
    t.match(lines.find(({ msg }) => msg === 'waiting for a server'), { part });
    await end();
  });
}
