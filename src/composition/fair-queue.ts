import { PasswordsBusy, type PasswordCaller } from '../ports/password-hasher.js';

interface Waiting {
  readonly start: () => void;
  readonly refuse: (reason: 'full' | 'gone') => void;
}

export interface FairQueueLimits {
  readonly atATime: number;
  readonly mostWaiting: number;
  /** How long one task takes, about: so long is the queue. */
  readonly taskMs: number;
}

/**
 * Runs so many tasks at a time. The others wait: addresses take turns, so that one with many tasks holds up only itself. When the
 * queue is full, the address with the most tasks loses its newest one.
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  #free: number;
  #size = 0;
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
    this.#free = limits.atATime;
  }

  get waiting(): number {
    return this.#size;
  }

  async run<Result>(caller: PasswordCaller, task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turnOf(caller);
    try {
      return await task();
    } finally {
      this.#next();
    }
  }

  #turnOf({ address, whenGone }: PasswordCaller): Promise<void> {
    if (this.#size >= this.#limits.mostWaiting && !this.#makeRoom(address)) return Promise.reject(this.#refusal('full'));
    return new Promise((resolve, reject) => {
      let forget = (): void => undefined;
      const waiting: Waiting = {
        start: () => {
          forget();
          resolve();
        },
        refuse: (reason) => {
          forget();
          reject(this.#refusal(reason));
        },
      };
      this.#waiting.set(address, [...(this.#waiting.get(address) ?? []), waiting]);
      this.#size += 1;
      forget = whenGone(() => {
        if (this.#leave(address, waiting)) waiting.refuse('gone');
      });
    });
  }

  /** False when nobody waits with more tasks than this address would have. */
  #makeRoom(address: string): boolean {
    const [longest] = [...this.#waiting].sort(([, one], [, other]) => other.length - one.length);
    if (longest === undefined || longest[1].length <= (this.#waiting.get(address)?.length ?? 0) + 1) return false;
    const newest = longest[1].at(-1);
    if (newest === undefined || !this.#leave(longest[0], newest)) return false;
    newest.refuse('full');
    return true;
  }

  #leave(address: string, waiting: Waiting): boolean {
    const own = this.#waiting.get(address) ?? [];
    const left = own.filter((each) => each !== waiting);
    if (left.length === own.length) return false;
    this.#size -= 1;
    if (left.length === 0) this.#waiting.delete(address);
    else this.#waiting.set(address, left);
    return true;
  }

  #next(): void {
    const [turn] = this.#waiting;
    if (turn === undefined) {
      this.#free += 1;
      return;
    }
    const [address, [first, ...others]] = turn;
    this.#waiting.delete(address);
    if (others.length > 0) this.#waiting.set(address, others);
    this.#size -= 1;
    first?.start();
  }

  #refusal(reason: 'full' | 'gone'): PasswordsBusy {
    return new PasswordsBusy(reason, (this.#size * this.#limits.taskMs) / this.#limits.atATime);
  }
}
