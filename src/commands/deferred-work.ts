/** Begins a piece of work when the answer of the request that asked for it is on its way. */
export type Start = (begin: () => void) => void;

export interface DeferredWorkOptions {
  /** How many pieces wait or run before whoever wants to defer one more waits (default 1,000). */
  readonly most?: number;
  /** Default: in the next turn of the event loop. */
  readonly start?: Start;
  /** A piece of work failed; nobody else is told. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * What is done after the answer, so that the answer takes as long for an address without an account. It is kept in memory alone:
 * docs/architecture.md says why. A program that stops waits for `settled`.
 */
export class DeferredWork {
  readonly #most: number;
  readonly #start: Start;
  readonly #onFailure: (error: unknown) => void;
  readonly #underWay = new Set<Promise<void>>();

  constructor({ most = 1_000, start = setImmediate, onFailure = () => undefined }: DeferredWorkOptions = {}) {
    this.#most = most;
    this.#start = start;
    this.#onFailure = onFailure;
  }

  defer(work: () => Promise<unknown>): void {
    const done = new Promise<void>((resolve) => this.#start(resolve))
      .then(work)
      .then(() => undefined, this.#onFailure)
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Until one more piece may be deferred. Asked by everybody, whether there will be one or not. */
  async room(): Promise<void> {
    while (this.#underWay.size >= this.#most) await Promise.race(this.#underWay);
  }

  /** Until all that was deferred before is done. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
