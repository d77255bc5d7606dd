import { open, type Database, type RootDatabase } from 'lmdb';
import { ANSWERS_KEPT_MS, type EarlierRequest, type ReceivedRequest, type RecordedAnswer, type RecordedAnswers } from '../../ports/recorded-answers.js';
import { durably } from './durable-write.js';
import { DisposableFolder } from './read-models/disposable-folder.js';

interface Entry extends EarlierRequest {
  readonly accountId: string | null;
  readonly receivedAt: number;
}

/** The number of entries to look at before the process does other work. */
const AT_A_TIME = 1_000;

const isExpired = ({ receivedAt }: Entry, now: Date): boolean => receivedAt + ANSWERS_KEPT_MS <= now.getTime();

/**
 * A folder of its own, so that no backup of the log keeps answers for longer than a day. It is not synced: a killed program loses
 * nothing, and requests whose answers a power cut takes are answered again.
 */
export class LmdbRecordedAnswers implements RecordedAnswers {
  readonly #root: RootDatabase;
  readonly #entries: Database<Entry, string>;
  readonly #folder: DisposableFolder;

  private constructor(root: RootDatabase, folder: DisposableFolder) {
    this.#root = root;
    this.#entries = root.openDB<Entry, string>({ name: 'answers', encoding: 'msgpack' });
    this.#folder = folder;
  }

  static open(path: string): LmdbRecordedAnswers {
    const folder = new DisposableFolder(path);
    if (folder.distrust() !== undefined) folder.empty();
    folder.markOpen();
    const root = open({ path, noSubdir: false, noSync: true, maxDbs: 2, eventTurnBatching: false });
    return new LmdbRecordedAnswers(root, folder);
  }

  receive({ id, fingerprint, accountId, receivedAt }: ReceivedRequest): Promise<EarlierRequest | null> {
    return durably(
      this.#entries.transaction(() => {
        const known = this.#entries.get(id);
        if (known !== undefined && !isExpired(known, receivedAt)) return known;
        this.#entries.putSync(id, { fingerprint, accountId, receivedAt: receivedAt.getTime(), answer: null });
        return null;
      }),
    );
  }

  async record(id: string, answer: RecordedAnswer): Promise<void> {
    await durably(
      this.#entries.transaction(() => {
        const known = this.#entries.get(id);
        if (known?.answer === null) this.#entries.putSync(id, { ...known, answer });
      }),
    );
  }

  async release(id: string): Promise<void> {
    await durably(
      this.#entries.transaction(() => {
        if (this.#entries.get(id)?.answer === null) this.#entries.removeSync(id);
      }),
    );
  }

  forget(accountId: string): Promise<void> {
    return this.#removeWhere((entry) => entry.accountId === accountId || entry.answer?.body.includes(accountId) === true);
  }

  sweep(now: Date): Promise<void> {
    return this.#removeWhere((entry) => isExpired(entry, now));
  }

  async close(): Promise<void> {
    await this.#root.close();
    this.#folder.markClosed();
  }

  async #removeWhere(isUnwanted: (entry: Entry) => boolean): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const options = after === undefined ? { limit: AT_A_TIME } : { limit: AT_A_TIME, start: after, exclusiveStart: true };
      const entries = [...this.#entries.getRange(options)];
      const last = entries.at(-1);
      if (last === undefined) return;
      after = last.key;
      await Promise.all(entries.filter(({ value }) => isUnwanted(value)).map(({ key }) => durably(this.#entries.remove(key))));
    }
  }
}
