import { useEffect, useState } from 'preact/hooks';

/** A value that views follow. */
export class Store<Value> {
  #value: Value;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** Gives what ends the following. */
  follow(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

export const useStore = <Value>(store: Store<Value>): Value => {
  const [value, setValue] = useState(store.value);
  useEffect(() => {
    const take = (next: Value): void => setValue(() => next);
    take(store.value);
    return store.follow(take);
  }, [store]);
  return value;
};
