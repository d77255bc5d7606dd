const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let place = 0; place < key.length; place += 1) hash = Math.imul(hash ^ key.charCodeAt(place), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

const END = 0x1_0000_0000;

/**
 * States by key, of a part of all keys that is small enough for memory. What does not fit is left to a later pass over the same
 * lines: `next` says where that begins.
 */
export class KeptStates<State> {
  readonly #states = new Map<string, State>();
  readonly #from: number;
  readonly #most: number;
  #to = END;

  constructor(from: number, most: number) {
    this.#from = from;
    this.#most = most;
  }

  /** Where the next pass begins; undefined: all keys were in this one. */
  get next(): number | undefined {
    return this.#to === END ? undefined : this.#to;
  }

  has(key: string): boolean {
    const hash = hashOf(key);
    return hash >= this.#from && hash < this.#to;
  }

  get(key: string): State | undefined {
    return this.#states.get(key);
  }

  /** The state of a key that this pass has, from its first event on. */
  set(key: string, state: State): void {
    this.#states.set(key, state);
    while (this.#states.size > this.#most && this.#to - this.#from > 1) this.#narrow();
  }

  values(): IterableIterator<State> {
    return this.#states.values();
  }

  #narrow(): void {
    this.#to = Math.floor((this.#from + this.#to) / 2);
    for (const key of this.#states.keys()) if (!this.has(key)) this.#states.delete(key);
  }
}
