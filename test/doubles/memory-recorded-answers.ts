import { ANSWERS_KEPT_MS, type EarlierRequest, type ReceivedRequest, type RecordedAnswer, type RecordedAnswers } from '../../src/ports/recorded-answers.js';

type Entry = EarlierRequest & Pick<ReceivedRequest, 'accountId' | 'receivedAt'>;

const isExpired = ({ receivedAt }: Entry, now: Date): boolean => receivedAt.getTime() + ANSWERS_KEPT_MS <= now.getTime();

/** Keeps the contract of RecordedAnswers (test/contracts/recorded-answers.ts) in memory. */
export class MemoryRecordedAnswers implements RecordedAnswers {
  readonly #entries = new Map<string, Entry>();

  /** All that is kept. */
  contents(): string {
    return JSON.stringify([...this.#entries]);
  }

  async receive({ id, ...request }: ReceivedRequest): Promise<EarlierRequest | null> {
    const known = this.#entries.get(id);
    if (known !== undefined && !isExpired(known, request.receivedAt)) return known;
    this.#entries.set(id, { ...request, answer: null });
    return null;
  }

  async record(id: string, answer: RecordedAnswer): Promise<void> {
    const known = this.#entries.get(id);
    if (known?.answer === null) this.#entries.set(id, { ...known, answer });
  }

  async release(id: string): Promise<void> {
    if (this.#entries.get(id)?.answer === null) this.#entries.delete(id);
  }

  async forget(accountId: string): Promise<void> {
    this.#removeWhere((entry) => entry.accountId === accountId || entry.answer?.body.includes(accountId) === true);
  }

  async sweep(now: Date): Promise<void> {
    this.#removeWhere((entry) => isExpired(entry, now));
  }

  #removeWhere(isUnwanted: (entry: Entry) => boolean): void {
    for (const [id, entry] of this.#entries) if (isUnwanted(entry)) this.#entries.delete(id);
  }
}
