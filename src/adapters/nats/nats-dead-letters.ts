import { headers, type JsMsg, type KV, type MsgHdrs } from 'nats';
import { deadLetterId, type DeadLetter } from '../../ports/event-bus.js';
import { headOf } from './event-message.js';

/** A letter with the message itself, which the stream may have dropped by the time of a replay. */
interface StoredLetter {
  readonly letter: DeadLetter;
  readonly headers: readonly (readonly [string, string])[];
  readonly payload: string;
}

export interface Failed {
  readonly consumer: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: string;
}

export interface Replay {
  readonly letter: DeadLetter;
  readonly headers: MsgHdrs;
  readonly payload: string;
  /** Takes the letter off the list, unless it was recorded again meanwhile. */
  readonly remove: () => Promise<void>;
}

const SERVER_HEADER = /^nats-/i;

export class NatsDeadLetters {
  readonly #bucket: () => Promise<KV>;
  readonly #ids: () => Promise<readonly string[]>;

  /** `ids`: of all letters there have been. The client's own list of keys ends early when it is read slowly. */
  constructor(bucket: () => Promise<KV>, ids: () => Promise<readonly string[]>) {
    this.#bucket = bucket;
    this.#ids = ids;
  }

  async record(message: Pick<JsMsg, 'headers' | 'seq'> & { readonly payload: string }, failed: Failed): Promise<DeadLetter> {
    const letter: DeadLetter = { id: deadLetterId(failed.consumer, headOf(message).eventId), ...headOf(message), ...failed };
    const kept = [...(message.headers ?? [])].flatMap(([key, values]) => (SERVER_HEADER.test(key) ? [] : values.map((value) => [key, value] as const)));
    const stored: StoredLetter = { letter, headers: kept, payload: message.payload };
    await (await this.#bucket()).put(letter.id, JSON.stringify(stored));
    return letter;
  }

  async list(): Promise<readonly DeadLetter[]> {
    const [bucket, ids] = await Promise.all([this.#bucket(), this.#ids()]);
    const entries = await Promise.all(ids.map((id) => bucket.get(id)));
    const letters = entries.flatMap((entry) => (entry?.operation === 'PUT' ? [entry.json<StoredLetter>().letter] : []));
    return letters.sort((one, other) => one.failedAt.localeCompare(other.failedAt));
  }

  async replay(id: string): Promise<Replay | undefined> {
    const bucket = await this.#bucket();
    const entry = await bucket.get(id);
    if (entry?.operation !== 'PUT') return undefined;
    const stored = entry.json<StoredLetter>();
    const all = headers();
    for (const [key, value] of stored.headers) all.append(key, value);
    const remove = async (): Promise<void> => {
      await bucket.delete(id, { previousSeq: entry.revision }).catch(async (error: unknown) => {
        if ((await bucket.get(id))?.revision === entry.revision) throw error;
      });
    };
    return { letter: stored.letter, headers: all, payload: stored.payload, remove };
  }
}
