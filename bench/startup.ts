import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './bench-row.js';
import { startServer } from './child-server.js';
import { seed } from './seed.js';

const STARTS = 5;
const MEGABYTE = 1_048_576;

interface Start {
  readonly ms: number;
  readonly residentMegabytes: number;
}

const lagOf = async (url: string): Promise<number> => {
  const health: unknown = await (await fetch(`${url}/health`)).json();
  const projections = health !== null && typeof health === 'object' && 'projections' in health ? health.projections : [];
  if (!Array.isArray(projections)) return Number.POSITIVE_INFINITY;
  return Math.max(...projections.map(({ behind }: { behind: number }) => behind));
};

/** The best of a few starts on a log whose read models are level, as after a deployment. */
const bestStart = async (events: { accounts: number; courses: number; cartItems: number }): Promise<Start> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const environment = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' };
  try {
    await seed(join(folder, 'log'), events);
    const first = await startServer('src/main.js', environment);
    while ((await lagOf(first.url)) > 0) await new Promise((resolve) => setTimeout(resolve, 200));
    await first.stop();
    const starts: Start[] = [];
    for (let n = 0; n < STARTS; n += 1) {
      const server = await startServer('src/main.js', environment);
      await lagOf(server.url);
      starts.push({ ms: server.startedInMs, residentMegabytes: (await server.residentBytes()) / MEGABYTE });
      await server.stop();
    }
    return starts.reduce((best, start) => (start.ms < best.ms ? start : best));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export const benchStartup = async (): Promise<readonly BenchRow[]> => {
  const small = await bestStart({ accounts: 100, courses: 100, cartItems: 600 });
  const large = await bestStart({ accounts: 10_000, courses: 10_000, cartItems: 960_000 });
  return [
    { name: 'start with 1,000,000 events in the log vs with 1,000', measured: large.ms, baseline: small.ms, unit: 'ms', ratio: large.ms / small.ms, target: 1.5, atMost: true },
    { name: 'resident memory after that start vs the limit of 250 MB', measured: large.residentMegabytes, baseline: 250, unit: 'MB', ratio: large.residentMegabytes / 250, target: 1, atMost: true },
  ];
};
