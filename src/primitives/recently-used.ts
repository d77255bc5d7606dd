/**
 * A bounded map that forgets the entries that were not used for longest. Entries move into the young of two generations
 * when they are used; a full young generation becomes the old one, whose entries are forgotten. A hit costs one look-up;
 * a list in the order of use would be rewritten each time.
 */
export class RecentlyUsed<Value extends NonNullable<unknown>> {
  readonly #generationWeight: number;
  readonly #weigh: (value: Value) => number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #youngWeight = 0;

  /** `capacity`: the weight of all values together; each weighs one unless `weigh` says otherwise. */
  constructor(capacity: number, weigh: (value: Value) => number = () => 1) {
    this.#generationWeight = capacity / 2;
    this.#weigh = weigh;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    const size = this.#young.size;
    this.#young.set(key, value);
    if (this.#young.size > size) this.gained(this.#weigh(value));
  }

  /** Adds to the weight of a value that is held and has grown. */
  gained(weight: number): void {
    this.#youngWeight += weight;
    if (this.#youngWeight <= this.#generationWeight) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngWeight = 0;
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngWeight = 0;
  }
}
