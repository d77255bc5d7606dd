interface Entry<Value> {
  value: Value;
  weight: number;
}

/**
 * A bounded map that forgets the entries that were not used for longest. Entries move into the young of two generations
 * when they are used; a full young generation becomes the old one, whose entries are forgotten. A hit costs one look-up;
 * a list in the order of use would be rewritten each time.
 */
export class RecentlyUsed<Value extends NonNullable<unknown>> {
  readonly #capacity: () => number;
  readonly #weigh: (value: Value, key: string) => number;
  #young = new Map<string, Entry<Value>>();
  #old = new Map<string, Entry<Value>>();
  #youngWeight = 0;
  #oldWeight = 0;

  /** `capacity`: the weight of all values together, which may change; each weighs one unless `weigh` says otherwise. */
  constructor(capacity: number | (() => number), weigh: (value: Value, key: string) => number = () => 1) {
    this.#capacity = typeof capacity === 'number' ? () => capacity : capacity;
    this.#weigh = weigh;
  }

  /** Of all that is held. What was used again counts twice until its old generation goes. */
  get weight(): number {
    return this.#youngWeight + this.#oldWeight;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old !== undefined) this.#add(key, old);
    return old?.value;
  }

  /** Without counting as use. */
  peek(key: string): Value | undefined {
    return (this.#young.get(key) ?? this.#old.get(key))?.value;
  }

  /** All that is held. What was used again comes twice until its old generation goes. */
  *values(): Generator<Value, void, undefined> {
    for (const { value } of this.#young.values()) yield value;
    for (const { value } of this.#old.values()) yield value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** Weighs the value; call it again for one that has grown. */
  set(key: string, value: Value): void {
    const weight = this.#weigh(value, key);
    const known = this.#young.get(key);
    if (known === undefined) return this.#add(key, { value, weight });
    const gained = weight - known.weight;
    known.value = value;
    known.weight = weight;
    this.#gained(gained);
  }

  delete(key: string): void {
    this.#youngWeight -= this.#young.get(key)?.weight ?? 0;
    this.#young.delete(key);
    this.#old.delete(key);
  }

  /** Looks at all that is held. */
  deleteWhere(isConcerned: (value: Value, key: string) => boolean): void {
    for (const [key, { value }] of [...this.#young, ...this.#old]) if (isConcerned(value, key)) this.delete(key);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngWeight = 0;
    this.#oldWeight = 0;
  }

  #add(key: string, entry: Entry<Value>): void {
    this.#young.set(key, entry);
    this.#gained(entry.weight);
  }

  #gained(weight: number): void {
    this.#youngWeight += weight;
    if (this.#youngWeight <= this.#capacity() / 2) return;
    this.#old = this.#young;
    this.#oldWeight = this.#youngWeight;
    this.#young = new Map();
    this.#youngWeight = 0;
  }
}
