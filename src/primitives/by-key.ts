/** Runs tasks of the same key one after another, of different keys side by side. Rejects with the first that fails; the others go on. */
export const byKey = async <Item>(items: readonly Item[], keyOf: (item: Item) => string, run: (item: Item) => Promise<void>): Promise<void> => {
  const chains = new Map<string, Promise<void>>();
  for (const item of items) {
    const key = keyOf(item);
    chains.set(key, (chains.get(key) ?? Promise.resolve()).then(() => run(item)));
  }
  await Promise.all(chains.values());
};
