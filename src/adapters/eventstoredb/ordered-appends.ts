import type { DomainEvent } from '../../domain/events.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../../ports/event-store.js';
import type { Appender } from './appender.js';
import type { BatchedAppends } from './batched-appends.js';
import { packed } from './log-position.js';

interface Asked {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent<DomainEvent>[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
  batched: Promise<void> | undefined;
  settled: boolean;
}

/**
 * Appends that come out in the log in the order of the calls, many under way together. When one of them fails, nothing more is sent
 * until all that were sent have ended; those without a good answer are then appended one after another, by name of their
 * revision, so that what the server has written already stands once. After a failure that stays
 * everything fails with it: what follows must not stand in its place.
 */
export class OrderedAppends {
  readonly #batches: BatchedAppends;
  readonly #appender: Appender;
  readonly #deadlineMs: number;
  #asked: Asked[] = [];
  #mending: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(batches: BatchedAppends, appender: Appender, deadlineMs: number) {
    this.#batches = batches;
    this.#appender = appender;
    this.#deadlineMs = deadlineMs;
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<DomainEvent>[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      const asked: Asked = { stream, expected, events, resolve, reject, batched: undefined, settled: false };
      this.#asked.push(asked);
      if (this.#mending !== undefined) return;
      if (typeof expected !== 'number' && expected !== 'no_stream') this.#mend();
      else if (this.#failure !== undefined || !this.#batches.works || events.length === 0) this.#mend();
      else asked.batched = this.#send(asked, expected);
    });
  }

  async #send(asked: Asked, expected: number | 'no_stream'): Promise<void> {
    const { stream, events } = asked;
    try {
      const batched = await this.#batches.append({ stream, expected: expected === 'no_stream' ? expected : BigInt(expected), events }, this.#deadlineMs);
      if (!batched.success || batched.position === undefined) return this.#mend();
      this.#settle(asked);
      asked.resolve({ ok: true, revision: Number(batched.nextExpectedRevision), position: packed(batched.position) });
    } catch {
      this.#mend();
    }
  }

  #settle(asked: Asked): void {
    asked.settled = true;
    while (this.#asked[0]?.settled === true) this.#asked.shift();
  }

  #mend(): void {
    this.#mending ??= this.#oneByOne().finally(() => {
      this.#mending = undefined;
    });
  }

  /** Ends when nothing is asked for; whatever comes meanwhile is done, too. */
  async #oneByOne(): Promise<void> {
    await Promise.all(this.#asked.flatMap(({ batched }) => batched ?? []));
    for (let asked = this.#asked.shift(); asked !== undefined; asked = this.#asked.shift()) {
      if (asked.settled) continue;
      const { stream, expected, events, resolve, reject } = asked;
      try {
        if (this.#failure !== undefined) throw this.#failure.error;
        resolve(await this.#appender.append(stream, expected, events));
      } catch (error) {
        this.#failure = { error };
        reject(error);
      }
    }
  }
}
