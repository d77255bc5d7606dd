import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Position } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { EVENTS_PER_CHUNK, MARK_LENGTH, markOf, NEWEST, newestTraceBlock, traceBlocks, traceChunks, traceCorrelations, type TraceBlock, type TracedEvents } from './document.js';

/** A stretch of the log: what comes after the first position, up to the second one. */
export interface Stretch {
  readonly after: Position;
  readonly to: Position;
}

export interface TracedPlace {
  readonly stream: string;
  readonly revision: number;
  /** Its position, in the order of strings. */
  readonly at: string;
}

const BLOCKS_AT_ONCE = 32;
const CHUNKS_AT_ONCE = 4;

const hasMark = ({ marks }: TraceBlock, mark: string): boolean => {
  for (let at = marks.indexOf(mark); at !== -1; at = marks.indexOf(mark, at + 1)) if (at % MARK_LENGTH === 0) return true;
  return false;
};

const blocksFromNewest = async function* (readModels: ReadModels): AsyncGenerator<TraceBlock> {
  const newest = await readModels.get(newestTraceBlock, NEWEST);
  if (newest === undefined) return;
  yield newest;
  for (let below = newest.number; below > 0; below -= BLOCKS_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(BLOCKS_AT_ONCE, below) }, (_, place) => String(below - 1 - place));
    for (const block of await readModels.getMany(traceBlocks, numbers)) if (block !== undefined) yield block;
    // Of a long log these are many: others have a turn between them.
    await nextTurn();
  }
};

const placesOf = ({ streams, places }: TracedEvents): readonly TracedPlace[] =>
  places.map((place) => {
    const [stream = '', revision = '', position = ''] = place.split('@');
    return { stream: streams[Number(stream)] ?? '', revision: Number(revision), at: orderedPosition(BigInt(position)) };
  });

const eventsOf = async function* (readModels: ReadModels, correlationId: string): AsyncGenerator<TracedEvents> {
  const first = await readModels.get(traceCorrelations, correlationId);
  if (first === undefined) return;
  yield first;
  const chunks = Math.ceil(first.count / EVENTS_PER_CHUNK);
  for (let from = 1; from < chunks; from += CHUNKS_AT_ONCE) {
    const ids = Array.from({ length: Math.min(CHUNKS_AT_ONCE, chunks - from) }, (_, place) => `${correlationId}/${from + place}`);
    for (const chunk of await readModels.getMany(traceChunks, ids)) if (chunk !== undefined) yield chunk;
  }
};

/** Where the events of an id, of a command or of a correlation stand. */
export const tracesIn = (readModels: ReadModels) => ({
  /** Stretches of the log that may have the event of this id or events of the command of this id, the newest first. */
  stretches: async function* (id: string): AsyncGenerator<Stretch> {
    const mark = markOf(id);
    for await (const block of blocksFromNewest(readModels)) if (hasMark(block, mark)) yield { after: BigInt(block.after), to: BigInt(block.to) };
  },
  /** The events of a correlation in the order of the log, after a place in it. */
  of: async (correlationId: string, { after = '', limit }: { readonly after?: string | undefined; readonly limit: number }): Promise<readonly TracedPlace[]> => {
    const found: TracedPlace[] = [];
    for await (const events of eventsOf(readModels, correlationId)) {
      found.push(...placesOf(events).filter(({ at }) => at > after));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  },
});
