import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { LmdbReadModels } from '../../adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../adapters/embedded/system-clock.js';
import { eventCatalogue, type DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { CacheShare } from '../../primitives/cache-budget.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { Projector } from '../../workers/projector/projector.js';
import { PastLog } from './past-log.js';

/** Read models of one moment that were made together. */
export interface PastPart {
  readonly names: readonly string[];
  readonly readModels: ReadModels;
  readonly close: () => Promise<void>;
}

export interface PartOptions {
  readonly store: EventStore<DomainEvent>;
  readonly end: Position;
  readonly later: readonly RecordedEvent<DomainEvent>[];
  readonly projections: readonly ProjectionDefinition[];
  /** Where it makes a folder of its own. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Called with the share that is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Small enough that requests do not wait for long in between. */
const BATCH = 1_000;
const LONGEST_MS = 24 * 3_600_000;
const LOOK_MS = 100;
const CACHE_BYTES = 8 * 1_048_576;

const categoryOf = new Map(Object.entries(eventCatalogue).flatMap(([category, events]) => events.map(({ type }): [string, string] => [type, category])));

/** Those whose streams hold what these read models are made of; absent where one of the events is in no known category. */
export const categoriesOf = (projections: readonly ProjectionDefinition[]): readonly string[] | undefined => {
  const types = new Set(projections.flatMap(({ rules, fanOuts = [] }) => [...rules, ...fanOuts].map(({ eventType }) => eventType)));
  const categories = new Set<string>();
  for (const type of types) {
    const category = categoryOf.get(type);
    if (category === undefined) return undefined;
    categories.add(category);
  }
  return [...categories];
};

const reportProgress = async (log: PastLog, { end, onProgress }: PartOptions, done: AbortSignal): Promise<void> => {
  while (!done.aborted) {
    const whole = log.scale.measure(end);
    onProgress(whole === 0n ? 0 : Number((log.scale.measure(log.followed) * 1_000n) / whole) / 1_000);
    await systemClock.after(LOOK_MS, done);
  }
};

/** Replays the log up to a position into a disposable store: these read models alone, from the streams alone that they are made of. */
export const buildPart = async (options: PartOptions): Promise<PastPart> => {
  const { store, end, later, projections, signal } = options;
  const folder = join(options.folder, randomUUID());
  const readModels = await LmdbReadModels.open({ folder, exclusive: true, cache: new CacheShare(CACHE_BYTES) });
  const close = async (): Promise<void> => {
    await readModels.close();
    await rm(folder, { recursive: true, force: true });
  };
  const categories = categoriesOf(projections);
  const log = new PastLog({ store, end, later, ...(categories === undefined ? {} : { categories }) });
  const names = projections.map(({ name }) => name);
  const stop = new AbortController();
  let failure: unknown;
  const fail = (reason: unknown): void => {
    failure ??= reason;
    stop.abort();
  };
  const projector = new Projector({ store: log, readModels, projections, clock: systemClock, batchSize: BATCH, onFailure: (name, reason) => fail(new Error(`${name}: ${reason}`)), onError: fail });
  const ended = new AbortController();
  const reporting = reportProgress(log, options, ended.signal);
  try {
    const either = AbortSignal.any([signal, stop.signal]);
    const aborted = new Promise<false>((resolve) => either.addEventListener('abort', () => resolve(false), { once: true }));
    await projector.start(either);
    const isLevel = !either.aborted && (await Promise.race([projector.waitFor(log.last, LONGEST_MS, names), aborted]));
    await projector.stop();
    if (!isLevel) throw failure ?? new Error('the replay was given up');
    return { names, readModels, close };
  } catch (error) {
    await projector.stop();
    await close();
    throw error;
  } finally {
    ended.abort();
    await reporting;
  }
};
