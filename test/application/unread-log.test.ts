import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import t, { type Test } from 'tap';
import { compiled, projectRoot } from '../project-root.js';

/** More than a pipe, its buffers and the program itself keep. */
const REQUESTS = 2_000;
const AT_A_TIME = 50;

const startProgram = async (t: Test): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawn(process.execPath, [compiled('src/main')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATA_DIR: t.testdir(), PORT: '0', HOST: '127.0.0.1', BCRYPT_COST: '4', RATE_LIMIT: 'off', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url: `http://127.0.0.1:${url}` };
  }
  throw new Error('it did not start');
};

/** Nobody may have to wait for an answer; the log of these is longer than what is kept of it. */
const ask = async (url: string, requests: number): Promise<void> => {
  for (let asked = 0; asked < requests; asked += AT_A_TIME) {
    await Promise.all(Array.from({ length: AT_A_TIME }, async (_, n) => (await fetch(`${url}/courses?limit=1&${'x'.repeat(250)}=${n}`)).text()));
  }
};

const endOf = async (child: ChildProcess): Promise<number | null> => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
};

t.jobs = 2;
t.test('issue 9.9: a log that nobody reads blocks neither requests nor the stop, and what is lost is counted', { buffered: true }, async (t) => {
  const { child, url } = await startProgram(t);
  await ask(url, REQUESTS);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  t.ok(Number(/^registrar_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]) > 0);
  t.equal(await endOf(child), 0);
});

t.test('issue 9.9: a reader of the log, and of standard output, that has gone ends nothing', { buffered: true }, async (t) => {
  const { child, url } = await startProgram(t);
  child.stderr?.destroy();
  child.stdout?.destroy();
  await ask(url, 2 * AT_A_TIME);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  t.ok(Number(/^registrar_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]) > 0);
  t.equal(await endOf(child), 0);
});
