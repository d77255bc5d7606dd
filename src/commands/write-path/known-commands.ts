import { emptyMap, type PersistentMap } from '../../domain/kernel/persistent-map.js';
import { UuidSet } from '../../primitives/uuid-set.js';

/** As many ids are settled together: most streams never have so many. */
const MANY = 512;
/** An id in a persistent map, as bench/soak.ts measured it. */
const RECENT_BYTES = 180;

/**
 * Ids of the commands that recorded events of a stream. `with` answers another one, since an append may fail. What is `settled` is in
 * the store for ever, so that all that came from one beginning share it: a code that a hundred thousand people use has
 * twice as many commands, and lists of them would fill the heap.
 */
export class KnownCommands {
  readonly #recent: PersistentMap<true>;
  readonly #settled: UuidSet | undefined;

  private constructor(recent: PersistentMap<true>, settled: UuidSet | undefined) {
    this.#recent = recent;
    this.#settled = settled;
  }

  static none(): KnownCommands {
    return new KnownCommands(emptyMap(), undefined);
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#recent.size * RECENT_BYTES + (this.#settled?.bytes ?? 0);
  }

  has(commandId: string): boolean {
    return this.#recent.has(commandId) || this.#settled?.has(commandId) === true;
  }

  with(commandId: string): KnownCommands {
    return new KnownCommands(this.#recent.set(commandId, true), this.#settled);
  }

  /** The same. To be asked of those alone whose commands are all in the store. */
  settled(): KnownCommands {
    if (this.#recent.size < MANY) return this;
    const settled = this.#settled ?? new UuidSet();
    for (const commandId of this.#recent.keys()) settled.add(commandId);
    return new KnownCommands(emptyMap(), settled);
  }
}
