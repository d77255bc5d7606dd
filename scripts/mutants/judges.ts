import { fork, type ChildProcess } from 'node:child_process';

export interface Task {
  /** A compiled test file. */
  readonly test: string;
  /** The compiled file that is replaced, and what replaces it. */
  readonly original: string;
  readonly mutant: string;
}

export interface Judgement {
  readonly passed: boolean;
}

/** Modules of past runs stay in memory. */
const RUNS_OF_A_PROCESS = 100;

/** Runs tests in a process of its own, and in a new one when the last has ended or has run many. Close it at the end. */
export class Judge {
  #child: ChildProcess | undefined;
  #runs = 0;

  /** True when the test passes; false also when it takes longer than the limit, or ends its process. */
  async passes(task: Task, limitMs: number): Promise<boolean> {
    if (this.#runs >= RUNS_OF_A_PROCESS) this.close();
    const child = await this.#sent(task);
    this.#runs += 1;
    const verdict = await verdictOf(child, limitMs);
    if (verdict === 'none') this.close();
    return verdict === 'passed';
  }

  /** The process that has the task: a new one where the last has ended since its last run. */
  async #sent(task: Task): Promise<ChildProcess> {
    this.#child ??= fork(`${import.meta.dirname}/judge.js`, { stdio: 'ignore', env: { PATH: process.env['PATH'], NODE_ENV: 'test' } });
    const child = this.#child;
    const isSent = await new Promise<boolean>((resolve) => child.send(task, (error) => resolve(error === null)));
    if (isSent) return child;
    this.close();
    return this.#sent(task);
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#runs = 0;
  }
}

const verdictOf = (child: ChildProcess, limitMs: number): Promise<'passed' | 'failed' | 'none'> =>
  new Promise((resolve) => {
    // tap sends its parent messages of its own.
    const answer = (message: object): void => {
      if ('passed' in message) end(message.passed === true ? 'passed' : 'failed');
    };
    const none = (): void => end('none');
    const timer = setTimeout(none, limitMs);
    const end = (verdict: 'passed' | 'failed' | 'none'): void => {
      clearTimeout(timer);
      child.off('message', answer).off('exit', none);
      resolve(verdict);
    };
    child.on('message', answer).on('exit', none);
  });
