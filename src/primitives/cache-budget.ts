/** Which part of all cached bytes each kind of cache may hold. */
const PARTS = { streams: 0.45, documents: 0.25, heads: 0.15, tokens: 0.05, counters: 0.1 } as const;
const NAMES = ['streams', 'documents', 'heads', 'tokens', 'counters'] as const satisfies readonly (keyof typeof PARTS)[];

export type CacheName = keyof typeof PARTS;

/** Of a cache outside a server, such as in a command of operators. */
const DEFAULT_SHARE_BYTES = 32 * 1_048_576;

export interface CacheUsage {
  readonly cache: CacheName;
  readonly bytes: number;
  readonly limit: number;
}

/** The part of one kind of cache. Caches of the same kind divide it evenly among themselves. */
export class CacheShare {
  readonly #members: (() => number)[] = [];

  constructor(readonly bytes: number = DEFAULT_SHARE_BYTES) {}

  /** Takes a function that answers the bytes that the new member holds; gives one that answers how many it may hold. */
  join(held: () => number): () => number {
    this.#members.push(held);
    return () => this.bytes / this.#members.length;
  }

  get held(): number {
    return this.#members.reduce((bytes, held) => bytes + held(), 0);
  }
}

/** The bytes that all caches of a process hold together, at most. No kind of cache can push out what another one holds. */
export class CacheBudget {
  readonly #shares: ReadonlyMap<CacheName, CacheShare>;

  constructor(readonly bytes: number) {
    this.#shares = new Map(NAMES.map((name) => [name, new CacheShare(bytes * PARTS[name])]));
  }

  share(name: CacheName): CacheShare {
    const share = this.#shares.get(name);
    if (share === undefined) throw new Error(`there is no cache ${name}`);
    return share;
  }

  usage(): readonly CacheUsage[] {
    return [...this.#shares].map(([cache, share]) => ({ cache, bytes: share.held, limit: share.bytes }));
  }
}
