import { Problem } from './problem.js';

export const FEEDS_PER_ACCOUNT = 5;
export const FEEDS_PER_PROCESS = 1_000;
const RETRY_SECONDS = 30;

const full = (status: number, code: string, sentence: string): Problem => {
  const problem = new Problem(status, code, sentence);
  problem.headers['retry-after'] = String(RETRY_SECONDS);
  return problem;
};

/** How many feeds may be open in this process. */
export class FeedPlaces {
  readonly #perAccount = new Map<string, number>();
  #open = 0;

  constructor(readonly perProcess = FEEDS_PER_PROCESS) {}

  /** Gives what frees the place again. Throws 429 or 503 when there is none left. */
  take(accountId: string): () => void {
    const own = this.#perAccount.get(accountId) ?? 0;
    if (own >= FEEDS_PER_ACCOUNT) throw full(429, 'too-many-feeds', `An account has at most ${FEEDS_PER_ACCOUNT} feeds open. Close one of them first.`);
    if (this.#open >= this.perProcess) throw full(503, 'feeds-full', 'All feeds of this server are in use. Try again later.');
    this.#open += 1;
    this.#perAccount.set(accountId, own + 1);
    return () => this.#free(accountId);
  }

  #free(accountId: string): void {
    this.#open -= 1;
    const left = (this.#perAccount.get(accountId) ?? 1) - 1;
    if (left > 0) this.#perAccount.set(accountId, left);
    else this.#perAccount.delete(accountId);
  }
}
