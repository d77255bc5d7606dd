import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { billingData } from '../fixtures/invoices.js';
import { compiled, projectRoot } from '../project-root.js';
import { text, type Json } from './running-application.js';

const spawnProgram = (folder: string, more: Readonly<Record<string, string>>, errors: 'pipe' | 'inherit'): ChildProcess =>
  spawn(process.execPath, [compiled('src/main')], {
    cwd: projectRoot,
    env: {
      PATH: process.env.PATH, NODE_ENV: 'test', DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1',
      BCRYPT_COST: '4', RATE_LIMIT: 'off', LOG_LEVEL: 'fatal', ...more,
    },
    stdio: ['ignore', 'pipe', errors],
  });

/** The program as a process of its own: what can be killed. */
const startProcess = async (folder: string, more: Readonly<Record<string, string>> = {}): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawnProgram(folder, more, 'inherit');
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error('it did not start');
};

const kill = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
};

const call = async (url: string, method: string, path: string, token?: string, body?: Json, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Json;
  return { status: response.status, answer };
};

const person = async (url: string, name: string, role: string) => {
  const email = `${name}@example.com`;
  const { answer } = await call(url, 'POST', '/auth/register', undefined, { name, email, password: 'correct horse', role });
  const login = await call(url, 'POST', '/auth/login', undefined, { email, password: 'correct horse' });
  return { id: text(answer.id), token: text(login.answer.accessToken) };
};

t.test('killed with SIGKILL while purchases are under way, started again, each repeated with its key: nothing is lost, nothing is double', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  let { child, url } = await startProcess(folder);
  const admin = await person(url, 'ada', 'admin');
  const teacher = await person(url, 'ivo', 'instructor');
  const created = await call(url, 'POST', '/courses', teacher.token, {
    title: 'C', description: 'd', level: 'beginner', category: 'c', price: 10, isPublished: true, capacity: 30,
  });
  const courseId = text(created.answer.id);
  const students = await Promise.all(Array.from({ length: 12 }, (_, n) => person(url, `student${n}`, 'student')));
  const buy = ({ id, token }: { id: string; token: string }) =>
    call(url, 'POST', '/payments', token, { userId: id, courseId, amount: 10, currency: 'USD', paymentMethod: 'card', billingData }, {
      'idempotency-key': `purchase-of-${id}`,
    });

  const answered = new Map<string, Json>();
  for (let life = 0; life < 2; life += 1) {
    const underWay = students.map(async (student) => {
      const { status, answer } = await buy(student);
      if (status === 201) answered.set(student.id, answer);
    });
    const settled = Promise.allSettled(underWay);
    // As soon as the first few are answered, the rest is in the middle of something.
    await Promise.any(underWay.slice(life * 4));
    await kill(child, 'SIGKILL');
    await settled;
    ({ child, url } = await startProcess(folder));
  }
  for (const student of students) {
    const { status, answer } = await buy(student);
    t.equal(status, 201);
    t.equal(answer.status, 'completed');
    const before = answered.get(student.id);
    if (before !== undefined) t.equal(answer.id, before.id);
  }
  const payments = await call(url, 'GET', '/payments?limit=100', admin.token);
  t.equal(payments.answer.total, students.length);
  const invoices = await call(url, 'GET', '/invoices?limit=100', admin.token);
  const numbers = Array.isArray(invoices.answer.data) ? invoices.answer.data.map(({ invoiceNumber }: { invoiceNumber: string }) => invoiceNumber).sort() : [];
  const year = new Date().getUTCFullYear();
  t.same(numbers, students.map((_, n) => `INV-${year}-${String(n + 1).padStart(6, '0')}`));
  t.match(await call(url, 'GET', `/courses/${courseId}`), { answer: { seatsLeft: 30 - students.length } });
  t.equal(await kill(child, 'SIGTERM'), 0, 'SIGTERM ends it with 0');
});

/** A mail server that takes connections and never says a word. */
const silentMailServer = async (t: Test) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { server, url: `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` };
};

t.test('killed with SIGKILL while a mail is handed over: it is in the outbox after the next start, before its attempt would have lapsed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-'));
  const outbox = join(folder, 'outbox');
  await mkdir(outbox, { recursive: true });
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const mailServer = await silentMailServer(t);
  const first = await startProcess(folder, { SMTP_URL: mailServer.url });
  const admin = await person(first.url, 'ada', 'admin');
  const handedOver = once(mailServer.server, 'connection');
  await call(first.url, 'POST', '/auth/forgot-password', undefined, { email: 'ada@example.com' });
  await handedOver;
  await kill(first.child, 'SIGKILL');

  const watcher = watch(outbox);
  t.teardown(() => watcher.close());
  const written: AsyncIterable<readonly unknown[]> = on(watcher, 'change');
  const second = await startProcess(folder);
  t.teardown(() => kill(second.child, 'SIGTERM'));
  const attemptsOf = async (mailId: string): Promise<readonly number[]> => {
    const { answer } = await call(second.url, 'GET', `/audit/streams/mail-${mailId}`, admin.token);
    const events = Array.isArray(answer.events) ? answer.events : [];
    return events.filter(({ type }) => type === 'MailAttempted').map(({ data }) => Date.parse(data.attemptedAt));
  };
  // Another mail may have been waiting for its first attempt.
  let attempts: readonly number[] = [];
  for await (const [, name] of written) {
    const mailId = /-([\da-f-]{36})\.eml$/.exec(String(name))?.[1];
    if (mailId !== undefined) attempts = await attemptsOf(mailId);
    if (attempts.length > 1) break;
  }
  t.equal(attempts.length, 2);
  t.ok((attempts[1] ?? Infinity) < (attempts[0] ?? 0) + 60_000, 'by the times in the log');
});

t.test('SIGTERM while it waits for a server that does not come ends it with 0', async (t) => {
  const child = spawnProgram(t.testdir(), { NATS_URL: 'nats://127.0.0.1:1', LOG_LEVEL: 'warn' }, 'pipe');
  if (child.stderr === null) throw new Error('no standard error');
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('waiting for a server')) break;
  t.equal(await kill(child, 'SIGTERM'), 0);
});

t.test('what cannot start says why and ends with 1', async (t) => {
  const child = spawnProgram(t.testdir(), { PORT: 'none' }, 'pipe');
  if (child.stderr === null) throw new Error('no standard error');
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) lines.push(line);
  await ended;
  t.equal(child.exitCode, 1);
  t.match(lines.join('\n'), /Registrar cannot start\..*PORT/s);
});

t.test('a port that is in use ends the start with 1, workers and all', async (t) => {
  const { server } = await silentMailServer(t);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const child = spawnProgram(t.testdir(), { PORT: String(port) }, 'pipe');
  if (child.stderr === null) throw new Error('no standard error');
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) lines.push(line);
  await ended;
  t.equal(child.exitCode, 1);
  t.match(lines.join('\n'), new RegExp(`^Registrar cannot start\\. .*EADDRINUSE.*${port}$`));
});
