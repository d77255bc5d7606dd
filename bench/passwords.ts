import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row.js';
import { medianOf } from './median.js';
import { startServer } from './child-server.js';

const LOG_INS = 9;
const FLOODING = 60;
const QUIET_ADDRESS = '198.51.100.1';
const FLOODING_ADDRESS = '203.0.113.9';

const post = async (url: string, address: string, body: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<number> => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) });
  await response.text();
  return response.status;
};

const timesOf = async (logIn: () => Promise<number>): Promise<number> => {
  const times: number[] = [];
  for (let n = 0; n < LOG_INS; n += 1) {
    const begin = performance.now();
    const status = await logIn();
    if (status !== 200) throw new Error(`the log-in answered ${status}`);
    times.push(performance.now() - begin);
  }
  return medianOf(times);
};

/** A log-in from a quiet address, alone and while another address has as many passwords checked as it can. */
export const benchPasswords = async (): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const environment = { NODE_ENV: 'test', DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', RATE_LIMIT: 'off', LOG_LEVEL: 'error', TRUST_PROXY: 'loopback' };
  const server = await startServer('src/main.js', environment);
  const over = new AbortController();
  try {
    const credentials = { email: 'quiet@example.com', password: 'correct horse' };
    await post(`${server.url}/auth/register`, QUIET_ADDRESS, { ...credentials, name: 'Quiet', role: 'student' });
    const logIn = (): Promise<number> => post(`${server.url}/auth/login`, QUIET_ADDRESS, credentials);
    const baseline = await timesOf(logIn);
    const flood = Array.from({ length: FLOODING }, async (_, n) => {
      const wrong = { email: `nobody${n}@example.com`, password: 'wrong horse' };
      while (!over.signal.aborted) await post(`${server.url}/auth/login`, FLOODING_ADDRESS, wrong, over.signal).catch(() => undefined);
    });
    const measured = await timesOf(logIn);
    over.abort();
    await Promise.all(flood);
    return [{ name: 'a log-in while another address floods vs quiet', measured, baseline, unit: 'ms', ratio: measured / baseline, target: 3, atMost: true }];
  } finally {
    over.abort();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
