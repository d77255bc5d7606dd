import type { DomainEvent } from './domain/events.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { ReadModelStore } from './ports/read-models.js';
import type { ProjectionDefinition } from './projections/kernel/projection.js';
import { followRebuild, percentOf, requestRebuild } from './workers/projector/projection-rebuild.js';
import { Projector } from './workers/projector/projector.js';

export interface ProjectionsCommandParts {
  readonly readModels: ReadModelStore;
  /** Null when a running server owns the log: it then does the work, and this only asks and watches. */
  readonly store: EventStore<DomainEvent> | null;
  /** The same log, or a look at it beside the server that owns it. */
  readonly log: Pick<EventStore<DomainEvent>, 'head' | 'scale'>;
  readonly projections: readonly ProjectionDefinition[];
  readonly clock: Clock;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

const USAGE = 'usage: npm run projections -- status | rebuild NAME';

/** `status` or `rebuild NAME`; answers the exit code. */
export const runProjectionsCommand = async (args: readonly string[], parts: ProjectionsCommandParts): Promise<number> => {
  const [command, name, ...rest] = args;
  if (command === 'status' && name === undefined) return status(parts);
  if (command === 'rebuild' && name !== undefined && rest.length === 0) return rebuild(name, parts);
  parts.print(USAGE);
  return 2;
};

const status = async ({ readModels, store, log, projections, print }: ProjectionsCommandParts): Promise<number> => {
  const generations = await readModels.generations();
  const rebuilds = await readModels.rebuilds();
  const head = await log.head();
  const { unit, measure } = log.scale;
  print(`head of the log: ${measure(head)} ${unit}${store === null ? ' (a server is running)' : ''}`);
  for (const { name, version } of projections) {
    const own = generations.filter(({ projection }) => projection === name);
    if (own.length === 0) print(`${name} v${version}: not built yet`);
    for (const { checkpoint, ...generation } of own) {
      const behind = head > checkpoint ? measure(head) - measure(checkpoint) : 0n;
      print(`${name} v${generation.version}: ${generation.state}, at ${measure(checkpoint)}, ${behind} ${unit} behind`);
    }
    const last = rebuilds.find(({ projection }) => projection === name);
    if (last !== undefined) print(`  last rebuild: ${last.state}, asked for ${last.requestedAt}${last.failure === null ? '' : `: ${last.failure}`}`);
  }
  return 0;
};

const rebuild = async (name: string, parts: ProjectionsCommandParts): Promise<number> => {
  const { readModels, store, projections, clock, print, signal } = parts;
  if (!projections.some((projection) => projection.name === name)) {
    print(`there is no projection ${name}; there are: ${projections.map((projection) => projection.name).join(', ')}`);
    return 2;
  }
  const requested = await requestRebuild(readModels, clock, name);
  const projector = store === null ? undefined : new Projector({ store, readModels, projections, clock });
  await projector?.start(signal);
  try {
    return await follow(parts, requested);
  } finally {
    await projector?.stop();
  }
};

const follow = async ({ readModels, clock, print, signal, store, log: { scale } }: ProjectionsCommandParts, requested: Parameters<typeof followRebuild>[2]): Promise<number> => {
  let told = '';
  for await (const current of followRebuild(readModels, clock, requested, signal)) {
    const line =
      current.state === 'requested'
        ? `${current.projection}: asked for`
        : `${current.projection}: ${current.state}, ${scale.measure(current.position)} of ${scale.measure(current.head)} ${scale.unit} (${percentOf(current).toFixed(1)} %)`;
    if (line !== told) print(line);
    told = line;
    if (current.state === 'done') return 0;
    if (current.state === 'failed') {
      print(`failed: ${current.failure ?? 'for an unknown reason'}; what served before goes on serving`);
      return 1;
    }
  }
  print(store === null ? 'the server goes on with it' : 'interrupted; it is gone on with at the next start, what served before goes on serving');
  return 130;
};
