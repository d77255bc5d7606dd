import { EventStoreUnavailable } from '../../ports/event-store.js';
import { connectionProblem } from './connection-problem.js';

/** Until the server has answered once, what can never work is said at once, with its cause: the client would only say that nobody answers. */
export class FirstContact {
  readonly #connectionString: string;
  #wasMade = false;

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  /** Rejects with EventStoreUnavailable, which names the setting to change. */
  async assertPossible(): Promise<void> {
    const problem = this.#wasMade ? undefined : await connectionProblem(this.#connectionString);
    if (problem !== undefined) throw new EventStoreUnavailable(problem);
  }

  made(): void {
    this.#wasMade = true;
  }
}
