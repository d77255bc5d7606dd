import type { DomainEvent } from '../src/domain/events.js';
import type { Clock } from '../src/ports/clock.js';
import type { EventStore } from '../src/ports/event-store.js';
import type { ReadModelStore } from '../src/ports/read-model-store.js';
import type { ProjectionDefinition } from '../src/projections/kernel/projection.js';
import { Projector } from '../src/workers/projector/projector.js';
import type { BenchRow } from './bench-row.js';

export interface ReplayBenchOptions {
  /** A log that is already filled. */
  readonly store: EventStore<DomainEvent>;
  /** The same log as it lies in the database, each entry decoded: the baseline. */
  readonly events: () => Iterable<unknown>;
  readonly projections: readonly ProjectionDefinition[];
  /** Empty read models; closed by the bench. */
  readonly openReadModels: () => Promise<ReadModelStore>;
  readonly clock: Clock;
}

const TARGET = 0.08;
const AN_HOUR_MS = 3_600_000;

/** Reads and decodes the whole log; answers events and seconds. */
const scan = (entries: Iterable<unknown>): { events: number; seconds: number } => {
  const start = performance.now();
  let events = 0;
  for (const _event of entries) events += 1;
  return { events, seconds: (performance.now() - start) / 1_000 };
};

const replay = async ({ store, projections, openReadModels, clock }: ReplayBenchOptions): Promise<number> => {
  const readModels = await openReadModels();
  const projector = new Projector({ store, readModels, projections, clock });
  try {
    const head = await store.head();
    const start = performance.now();
    await projector.start();
    const level = await projector.waitFor(head, AN_HOUR_MS, projections.map(({ name }) => name));
    const seconds = (performance.now() - start) / 1_000;
    if (!level) throw new Error(`the replay stopped: ${JSON.stringify((await projector.lag()).map(({ unavailable }) => unavailable))}`);
    return seconds;
  } finally {
    await projector.stop();
    await readModels.close();
  }
};

/** Replay of the whole log through all projections, against a raw scan of the same log with decoding. */
export const benchReplay = async (options: ReplayBenchOptions): Promise<readonly BenchRow[]> => {
  scan(options.events());
  const { events, seconds } = scan(options.events());
  const replaySeconds = await replay(options);
  return [
    {
      name: `replay of ${events} events through ${options.projections.length} projections, against a raw scan`,
      measured: events / replaySeconds,
      baseline: events / seconds,
      unit: 'events/s',
      ratio: seconds / replaySeconds,
      target: TARGET,
    },
  ];
};
