import type { DeadLetter } from '../../ports/event-bus.js';
import type { LogEnvironment } from './event-store/log-environment.js';

export class LmdbDeadLetters {
  readonly #letters: LogEnvironment['deadLetters'];

  constructor({ deadLetters }: Pick<LogEnvironment, 'deadLetters'>) {
    this.#letters = deadLetters;
  }

  /** The same consumer and event is the same letter. */
  async record(letter: DeadLetter): Promise<void> {
    await this.#letters.put([letter.consumer, letter.eventId], letter);
  }

  async list(): Promise<readonly DeadLetter[]> {
    return [...this.#letters.getRange()].map(({ value }) => value);
  }
}
