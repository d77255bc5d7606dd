import { setTimeout as delay } from 'node:timers/promises';

export interface ServerCosts {
  /** What each call takes, at least. */
  readonly callMs: number;
  readonly callsPerSecond: number;
  readonly batchedPerSecond: number;
}

/** A server of one mind: calls wait for each other, and each takes its time. */
export class Costs {
  readonly #costs: ServerCosts | undefined;
  #freeAt = 0;

  constructor(costs: ServerCosts | undefined) {
    this.#costs = costs;
  }

  async call(): Promise<void> {
    if (this.#costs !== undefined) await this.#spend(1_000 / this.#costs.callsPerSecond, this.#costs.callMs);
  }

  async batched(): Promise<void> {
    if (this.#costs !== undefined) await this.#spend(1_000 / this.#costs.batchedPerSecond, this.#costs.callMs);
  }

  async #spend(busyMs: number, leastMs: number): Promise<void> {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + busyMs;
    // A timer counts whole milliseconds.
    await delay(Math.ceil(Math.max(this.#freeAt - now, leastMs)));
  }
}
