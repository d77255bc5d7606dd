import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compiled } from '../test/project-root.js';
import { freePort } from '../test/servers/free-port.js';
import type { ServerCosts } from '../test/servers/eventstoredb-front/costs.js';
import { Child } from '../test/servers/journey/child.js';
import { MongodServer } from '../test/servers/mongod-server.js';
import { NatsServer } from '../test/servers/nats-server.js';
import type { BenchRow } from './bench-row.js';
import { startServer, type ChildServer } from './child-server.js';
import { compareLoads, CONNECTIONS } from './compare-loads.js';
import { load } from './load.js';
import { medianOf } from './median.js';
import { ACCOUNTS, admin, Buyers, COURSES, openShop, secret, withCodes } from './purchases.js';
import { seed } from './seed.js';

/** As measured on EventStoreDB 23.10.8 on two cores, on disk. */
const REAL_COSTS: ServerCosts = { callMs: 1.5, callsPerSecond: 1_500, batchedPerSecond: 3_600 };
const LEAST_OF_EMBEDDED = 0.25;
const WITH_COSTS = { perSecond: 55, medianMs: 900 };
const ON_A_SERVER = { perSecond: 75, medianMs: 600 };
const WARM_UP_MS = 5_000;
const LOAD_MS = 30_000;

const seeded = async (folder: string): Promise<string> => {
  await seed(folder, { accounts: ACCOUNTS, courses: COURSES });
  return folder;
};

const startProgram = async (folder: string, environment: Readonly<Record<string, string>>): Promise<ChildServer> => {
  const own = { PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password };
  const program = await startServer('src/main.js', { ...own, ...environment });
  await openShop(program);
  return program;
};

/** The front as a process of its own, on a log that it owns. */
const startFront = async (folder: string, costs?: ServerCosts): Promise<{ readonly url: string; readonly stop: () => Promise<unknown> }> => {
  const port = await freePort();
  const args = [await seeded(join(folder, 'event-store')), String(port), ...(costs === undefined ? [] : [JSON.stringify(costs)])];
  const front = new Child('event store', { script: compiled('test/servers/journey/event-store-process'), args, environment: {}, log: join(folder, 'event-store.log'), ready: /^esdb:/ });
  await front.start();
  return { url: `esdb://127.0.0.1:${port}?tls=false`, stop: () => front.end('SIGKILL') };
};

/** Both programs on the same machine at the same time, taking turns: that of servers shares it with them. */
const beside = async (folder: string): Promise<readonly BenchRow[]> => {
  const embeddedFolder = join(folder, 'embedded');
  await seeded(join(embeddedFolder, 'log'));
  const front = await startFront(folder);
  const mongod = await MongodServer.start();
  const nats = await NatsServer.start();
  const embedded = await startProgram(embeddedFolder, {});
  const onServers = await startProgram(join(folder, 'on-servers'), { EVENTSTORE_URL: front.url, MONGODB_URL: mongod.url(), NATS_URL: nats.url });
  const [here, there] = [new Buyers(), new Buyers()];
  try {
    return [
      await compareLoads({
        name: 'whole purchases on servers (mongod, nats-server, the front of EventStoreDB), 50 connections, vs embedded',
        target: LEAST_OF_EMBEDDED,
        baseline: { url: embedded.url, request: () => here.next(withCodes) },
        measured: { url: onServers.url, request: () => there.next(withCodes) },
      }),
    ];
  } finally {
    await onServers.stop();
    await embedded.stop();
    await nats.close();
    await mongod.stop();
    await front.stop();
  }
};

/** A late answer is none: it shows no access and no invoice yet. */
const WHOLE = 201;

const ratesOf = async (where: string, { url, processorMs }: ChildServer, aim: typeof WITH_COSTS): Promise<readonly BenchRow[]> => {
  const buyers = new Buyers();
  const request = (): string => buyers.next(withCodes);
  await load({ url, connections: CONNECTIONS, milliseconds: WARM_UP_MS, request });
  const times: number[] = [];
  let late = 0;
  const onAnswer = (status: number, milliseconds: number): void => {
    times.push(milliseconds);
    if (status !== WHOLE) late += 1;
  };
  const before = await processorMs();
  const answers = await load({ url, connections: CONNECTIONS, milliseconds: LOAD_MS, request, onAnswer });
  const ownMs = ((await processorMs()) - before) / times.length;
  const mostMs = 1_000 / aim.perSecond;
  const perSecond = (answers * (times.length - late)) / times.length;
  const medianMs = medianOf(times);
  return [
    { name: `whole purchases on ${where}, 50 connections`, measured: perSecond, baseline: aim.perSecond, unit: '1/s', ratio: perSecond / aim.perSecond, target: 1 },
    { name: 'the same, half of them at most after', measured: medianMs, baseline: aim.medianMs, unit: 'ms', ratio: medianMs / aim.medianMs, target: 1, atMost: true },
    // On a machine that others use this tells more than the rate.
    { name: "the same, the program's processor time for each", measured: ownMs, baseline: mostMs, unit: 'ms', ratio: ownMs / mostMs, target: 1, atMost: true },
    { name: 'the same, answers before all of it was visible', measured: late, baseline: times.length, unit: 'answers', ratio: late / times.length, target: null },
  ];
};

const withCosts = async (folder: string): Promise<readonly BenchRow[]> => {
  const front = await startFront(folder, REAL_COSTS);
  const program = await startProgram(join(folder, 'program'), { EVENTSTORE_URL: front.url });
  try {
    return await ratesOf("the front with a real server's costs", program, WITH_COSTS);
  } finally {
    await program.stop();
    await front.stop();
  }
};

/** The server must be empty: the same people buy the same courses. */
const onServer = async (folder: string, url: string): Promise<readonly BenchRow[]> => {
  const [own, file] = [join(folder, 'seed'), join(folder, 'seed.ndjson')];
  await seeded(join(own, 'log'));
  const run = promisify(execFile);
  const cli = compiled('src/cli/registrar-cli');
  const env = { PATH: process.env['PATH'], JWT_SECRET: secret, DATA_DIR: own };
  await run(process.execPath, [cli, 'export', file], { env });
  await run(process.execPath, [cli, 'import', file], { env: { ...env, EVENTSTORE_URL: url } });
  const program = await startProgram(join(folder, 'program'), { EVENTSTORE_URL: url });
  try {
    return await ratesOf('EVENTSTORE_URL', program, ON_A_SERVER);
  } finally {
    await program.stop();
  }
};

/** Purchases where the log is on EventStoreDB; with EVENTSTORE_URL on that server, too. */
export const benchServers = async (): Promise<readonly BenchRow[]> => {
  const { EVENTSTORE_URL: url } = process.env;
  const benches = [beside, withCosts, ...(url === undefined ? [] : [(folder: string) => onServer(folder, url)])];
  const rows: BenchRow[] = [];
  for (const bench of benches) {
    // Not in the system's temporary folder, which may be memory: a flush must reach a disk.
    const folder = mkdtempSync(join(process.cwd(), '.bench-servers-'));
    try {
      rows.push(...(await bench(folder)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
};
