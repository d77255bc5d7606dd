import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { compiled, projectRoot } from '../project-root.js';

type Variables = Readonly<Record<string, string>>;

const spawnProgram = (t: Test, folder: string, more: Variables): ChildProcess => {
  const child = spawn(process.execPath, [compiled('src/main')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', BCRYPT_COST: '4', LOG_LEVEL: 'warn', ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
};

/** Its exit code and what it said; null: it had to be killed. */
const endOf = async (child: ChildProcess): Promise<{ readonly code: number | null; readonly said: string }> => {
  const lines: string[] = [];
  const ended = once(child, 'close');
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  await ended;
  return { code: child.exitCode, said: lines.join('') };
};

const portInUse = async (t: Test): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  return String(typeof address === 'object' && address !== null ? address.port : 0);
};

const file = (folder: string, name: string): void => writeFileSync(join(folder, name), 'not what belongs here');

interface Step {
  readonly prepare?: (folder: string) => void;
  readonly variables?: (t: Test) => Promise<Variables>;
  readonly says: RegExp;
}

/** What can go wrong, in the order of the start. */
const steps: Readonly<Record<string, Step>> = {
  'the data folder belongs to another server': {
    prepare: (folder) => writeFileSync(join(folder, 'server.lock'), JSON.stringify({ pid: process.pid, started: null })),
    says: /in use by another server/,
  },
  'the log can not be made': { prepare: (folder) => file(folder, 'log'), says: /EEXIST|ENOTDIR/ },
  'the log is no log of ours': {
    prepare: (folder) => {
      mkdirSync(join(folder, 'log'));
      file(folder, 'log/data.mdb');
    },
    says: /DATA_DIR|data\.mdb|log/,
  },
  'the read models can not be opened': { prepare: (folder) => file(folder, 'read-models'), says: /EEXIST|ENOTDIR|read-models/ },
  'the files can not be kept': { prepare: (folder) => file(folder, 'files'), says: /EEXIST|ENOTDIR/ },
  'the answers can not be kept': { prepare: (folder) => file(folder, 'answers'), says: /EEXIST|ENOTDIR|answers/ },
  'the event store is refused by its client': { variables: async () => ({ EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=true&tlsCAFile=/nowhere' }), says: /Failed to load certificate file/ },
  'the port is in use': { variables: async (t) => ({ PORT: await portInUse(t) }), says: /EADDRINUSE/ },
  'the port is in use while a server is away': {
    variables: async (t) => ({ PORT: await portInUse(t), NATS_URL: 'nats://127.0.0.1:1' }),
    says: /EADDRINUSE/,
  },
};

t.jobs = 2;
for (const [name, { prepare, variables, says }] of Object.entries(steps)) {
  t.test(`issue 9.8: ${name}: the start ends the process with 1, and everything is closed`, { buffered: true }, async (t) => {
    const folder = t.testdir();
    prepare?.(folder);
    const { code, said } = await endOf(spawnProgram(t, folder, (await variables?.(t)) ?? {}));
    t.equal(code, 1);
    t.match(said, /Registrar cannot start\./);
    t.match(said, says);
    const isOthers = name.includes('another server');
    t.equal(existsSync(join(folder, 'server.lock')), isOthers, 'the data folder is free again, unless it is somebody else’s');
    t.notOk(existsSync(join(folder, 'control')), 'operators reach nobody');
  });
}

t.test('issue 9.8: configuration is checked before anything is opened, and every problem is named', async (t) => {
  const folder = join(t.testdir(), 'new');
  const { code, said } = await endOf(
    spawnProgram(t, folder, { PORT: 'none', TRUST_PROXY: 'true', CORS_ORIGINS: 'https://shop.example/', SMTP_URL: 'smtp://', CURRENCY: 'ABC', ADMIN_EMAIL: 'a@b.c' }),
  );
  t.equal(code, 1);
  for (const variable of ['PORT', 'TRUST_PROXY', 'CORS_ORIGINS', 'SMTP_URL', 'CURRENCY', 'ADMIN_EMAIL']) t.match(said, new RegExp(`- ${variable} `));
  t.notOk(existsSync(folder), 'nothing was made');
});

for (const variables of [{ EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' }, { MONGODB_URL: 'mongodb://127.0.0.1:1/registrar' }]) {
  t.test(`issue 9.8: SIGTERM while ${Object.keys(variables).join()} is away ends the process, and the data folder is free`, { buffered: true }, async (t) => {
    const folder = t.testdir();
    const child = spawnProgram(t, folder, variables);
    if (child.stderr === null) throw new Error('no standard error');
    for await (const line of createInterface({ input: child.stderr })) if (line.includes('waiting for a server')) break;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    t.equal(child.exitCode, 0, 'a stop that was asked for is no failure');
    t.notOk(existsSync(join(folder, 'server.lock')));
  });
}
