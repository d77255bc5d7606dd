/**
 * A bounded map that forgets what was not used for long. It has two generations: what is used moves into the young
 * one, and when that is full, it becomes the old one and the old one is forgotten. A hit costs one look-up, where a
 * list in the order of use has to be rewritten each time.
 */
export class RecentlyUsed<Value extends object> {
  readonly #generationWeight: number;
  readonly #weigh: (value: Value) => number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #youngWeight = 0;

  /** `capacity` is what all values together may weigh; each weighs one unless `weigh` says otherwise. */
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

  set(key: string, value: Value): void {
    const size = this.#young.size;
    this.#young.set(key, value);
    if (this.#young.size > size) this.gained(this.#weigh(value));
  }

  /** A value that is kept weighs so much more than before. */
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
