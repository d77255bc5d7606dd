import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { dirname, resolve } from 'node:path';

export interface ChildServer {
  readonly url: string;
  /** From the start of the process to its first line: it listens. */
  readonly startedInMs: number;
  readonly residentBytes: () => Promise<number>;
  /** Without mapped files, which the system takes back when others need the memory. */
  readonly privateBytes: () => Promise<number>;
  /** Of all its threads, since it was started. */
  readonly processorMs: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

// A bench that fails leaves no server behind.
const children = new Set<ChildProcess>();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** Benches run compiled, from build/bench. */
const build = resolve(import.meta.dirname, '..');

const bytesOf = async ({ pid }: ChildProcess, field: string): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1_024;
};

const MS_PER_TICK = 10;

const processorMsOf = async ({ pid }: ChildProcess): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name before them may have blanks: fields are counted from its end. These are the ticks in user and in system mode.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
};

/** Starts a program that prints a line with its URL once it listens. */
export const startServer = async (
  file: string,
  environment: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<ChildServer> => {
  const begin = performance.now();
  const child: ChildProcess = spawn(process.execPath, [...options, resolve(build, file)], {
    cwd: dirname(build),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  if (child.stdout === null) throw new Error('no standard output');
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((found, failed) => {
    lines.on('line', (line) => {
      const address = /http:\/\/localhost:\d+/.exec(line)?.[0];
      if (address !== undefined) found(address);
    });
    child.once('exit', (code) => failed(new Error(`${file} ended with ${code}`)));
  });
  return {
    url,
    startedInMs: performance.now() - begin,
    residentBytes: () => bytesOf(child, 'VmRSS'),
    privateBytes: () => bytesOf(child, 'RssAnon'),
    processorMs: () => processorMsOf(child),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** A seeded log comes without read models: until they are built, their routes answer 503. */
export const untilServing = async ({ url }: Pick<ChildServer, 'url'>): Promise<void> => {
  for (;;) {
    const health = (await (await fetch(`${url}/health`)).json()) as { readonly status: string };
    if (health.status === 'ok') return;
    await setTimeout(100);
  }
};
