import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where standard error is appended to. */
  readonly log: string;
  /** The line that says that it is ready. */
  readonly ready: RegExp;
}

/** The folder of the log is gone when somebody reads of the failure. */
const lastLines = async (log: string): Promise<string> => (await readFile(log, 'utf8').catch(() => 'no log')).slice(-2_000);

/** A program as a process of its own, to be killed and started again. */
export class Child {
  readonly name: string;
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #isExpectedToEnd = false;
  /** Ends that nobody asked for. */
  readonly accidents: string[] = [];

  constructor(name: string, options: ChildOptions) {
    this.name = name;
    this.#options = options;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const { script, args = [], environment, log, ready } = this.#options;
    const child = spawn(process.execPath, [script, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    this.#isExpectedToEnd = false;
    process.once('exit', () => child.kill('SIGKILL'));
    child.stderr?.pipe(createWriteStream(log, { flags: 'a' }));
    child.once('exit', (code, signal) => {
      if (this.#process === child && !this.#isExpectedToEnd) this.accidents.push(`${this.name} ended by itself: ${signal ?? code}`);
    });
    if (child.stdout === null) throw new Error('no standard output');
    for await (const line of createInterface({ input: child.stdout })) {
      if (ready.test(line)) return;
    }
    if (!this.#isExpectedToEnd) throw new Error(`${this.name} did not start: ${await lastLines(log)}`);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  tell(message: object): void {
    this.#process?.send(message);
  }

  /** kill -9; false where nothing was running. */
  async kill(): Promise<boolean> {
    return (await this.end('SIGKILL')) === null && this.#process?.signalCode === 'SIGKILL';
  }

  /** The exit code; null where the signal ended it. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    this.#isExpectedToEnd = true;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}
