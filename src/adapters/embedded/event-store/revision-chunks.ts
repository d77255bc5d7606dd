import type { ReadStreamOptions } from '../../../ports/event-store.js';

/** Splits the revisions [first, last] that a read asks for, in its order, into parts of at most `size`. */
export function* revisionChunks(options: ReadStreamOptions, lastRevision: number, size: number): Iterable<readonly [number, number]> {
  const limit = options.limit ?? Infinity;
  if (options.direction === 'backwards') {
    const last = Math.min(options.fromRevision ?? lastRevision, lastRevision);
    const first = Math.max(0, last - limit + 1);
    for (let end = last; end >= first; end -= size) yield [Math.max(first, end - size + 1), end];
    return;
  }
  const first = Math.max(0, options.fromRevision ?? 0);
  const last = Math.min(lastRevision, first + limit - 1);
  for (let start = first; start <= last; start += size) yield [start, Math.min(last, start + size - 1)];
}
