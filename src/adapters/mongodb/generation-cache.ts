import { CHANGES, type Control, type GenerationRecord } from './control.js';

const TRUSTED_MS = 1_000;

interface Snapshot {
  readonly records: readonly GenerationRecord[];
  readonly asked: number;
}

/**
 * Which generation serves, as last seen: queries do not ask each time. A generation that was replaced stays readable for
 * much longer than it may be remembered here.
 */
export class GenerationCache {
  readonly #control: Control;
  #snapshot: Snapshot | undefined;
  #refreshing: Promise<readonly GenerationRecord[]> | undefined;

  constructor(control: Control) {
    this.#control = control;
  }

  /** All that are not retired, of each projection in order, as they are now. */
  async read(): Promise<readonly GenerationRecord[]> {
    const asked = performance.now();
    const found = await generationRecords(this.#control);
    const records = found.filter((record) => !isReplaced(record, found));
    if (this.#snapshot === undefined || this.#snapshot.asked <= asked) this.#snapshot = { records, asked };
    return records;
  }

  async serving(projection: string): Promise<GenerationRecord | undefined> {
    return (await this.#recent()).find((record) => record.projection === projection && record.state === 'serving');
  }

  async get(id: string): Promise<GenerationRecord | undefined> {
    const find = (records: readonly GenerationRecord[]): GenerationRecord | undefined => records.find(({ _id }) => _id === id);
    return find(this.#snapshot?.records ?? []) ?? find(await this.read());
  }

  async #recent(): Promise<readonly GenerationRecord[]> {
    const { records, asked } = this.#snapshot ?? { records: [], asked: -Infinity };
    if (performance.now() - asked < TRUSTED_MS) return records;
    this.#refreshing ??= this.read().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }
}

/** All that are not retired, each with its own checkpoint or the one that it shares, whichever is later. */
export const generationRecords = async ({ generations, changes }: Control): Promise<readonly GenerationRecord[]> => {
  const [records, shared] = await Promise.all([
    generations.find({ state: { $ne: 'retired' } }).sort({ projection: 1, generation: 1 }).toArray(),
    changes.findOne({ _id: CHANGES }),
  ]);
  const { sharing = [], checkpoint = '0' } = shared ?? {};
  return records.map((record) => (sharing.includes(record._id) && BigInt(checkpoint) > BigInt(record.checkpoint) ? { ...record, checkpoint } : record));
};

/** Between the two steps of a switch both serve: the later one counts. */
export const isReplaced = (record: GenerationRecord, all: readonly GenerationRecord[]): boolean =>
  record.state === 'serving' &&
  all.some(({ projection, state, generation }) => projection === record.projection && state === 'serving' && generation > record.generation);
