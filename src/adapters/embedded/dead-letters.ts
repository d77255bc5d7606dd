import { EventEmitter, once } from 'node:events';
import { deadLetterId, type DeadLetter } from '../../ports/event-bus.js';
import { durably } from './durable-write.js';
import type { LogEnvironment } from './event-store/log-environment.js';
import type { StoredDeadLetter } from './event-store/stored-dead-letter.js';

const keyOf = (id: string): [string, string] => {
  const dot = id.indexOf('.');
  return [id.slice(0, dot), id.slice(dot + 1)];
};

export class LmdbDeadLetters {
  readonly #letters: LogEnvironment['deadLetters'];
  readonly #requests = new EventEmitter().setMaxListeners(0);

  constructor({ deadLetters }: Pick<LogEnvironment, 'deadLetters'>) {
    this.#letters = deadLetters;
  }

  async record(letter: DeadLetter): Promise<void> {
    await durably(this.#letters.put([letter.consumer, letter.eventId], letter));
  }

  async list(): Promise<readonly DeadLetter[]> {
    return this.#stored().filter(({ replay }) => replay === undefined);
  }

  async requestReplay(id: string): Promise<boolean> {
    const letter = this.#letters.get(keyOf(id));
    if (letter === undefined || letter.replay === true) return false;
    await durably(this.#letters.put(keyOf(id), { ...letter, replay: true }));
    this.#requests.emit('replay');
    return true;
  }

  /** Letters that a consumer is to be given again: those requested before, and those requested in this process from now on. */
  async *replays(consumer: string, signal: AbortSignal): AsyncGenerator<DeadLetter, void, void> {
    while (!signal.aborted) {
      const asked = once(this.#requests, 'replay', { signal }).catch(() => undefined);
      yield* this.#stored().filter((letter) => letter.replay === true && letter.consumer === consumer);
      await asked;
    }
  }

  async replayed(id: string): Promise<void> {
    await durably(this.#letters.remove(keyOf(id)));
  }

  #stored(): StoredDeadLetter[] {
    return [...this.#letters.getRange()].map(({ value }) => ({ ...value, id: deadLetterId(value.consumer, value.eventId) }));
  }
}
