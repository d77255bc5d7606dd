const categoryOf = (stream: string): string => stream.slice(0, Math.max(0, stream.indexOf('-')));

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** What clients have asked of a front, and what it has sent them: each costs a server about as much as another. */
export class Calls {
  /** By themselves and batched. */
  appends = 0;
  batched = 0;
  /** Streams of batched appends. */
  batches = 0;
  /** Reads of $all backwards. */
  heads = 0;
  /** Reads of $all forwards. */
  pages = 0;
  subscriptions = 0;
  events = 0;
  checkpoints = 0;
  readonly authorizations = new Set<string>();
  /** By category. */
  readonly reads = new Map<string, number>();
  readonly readsOfNothing = new Map<string, number>();
  readonly appendsTo = new Map<string, number>();

  read(stream: string, isThere: boolean): void {
    count(this.reads, categoryOf(stream));
    if (!isThere) count(this.readsOfNothing, categoryOf(stream));
  }

  append(stream: string): void {
    this.appends += 1;
    count(this.appendsTo, categoryOf(stream));
  }
}

export const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, each) => sum + each, 0);
