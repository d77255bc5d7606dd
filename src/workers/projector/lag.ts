import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import { recentHead, type EventStore, type Position } from '../../ports/event-store.js';
import type { ProjectionLag } from '../../ports/projection-progress.js';

type Lag = Pick<ProjectionLag, 'behind' | 'unit' | 'secondsBehind'>;

export interface LagServices {
  readonly store: Pick<EventStore<DomainEvent>, 'head' | 'knownHead' | 'readAll' | 'scale'>;
  readonly clock: Clock;
}

const secondsBehind = async ({ store, clock }: LagServices, after: Position): Promise<number> => {
  for await (const { metadata } of store.readAll({ after, limit: 1 })) return Math.max(0, (clock.now().getTime() - Date.parse(metadata.occurredAt)) / 1_000);
  return 0;
};

/** The lag of each behind the log, in the log's own measure and in time. */
export const lagOf = async <Standing extends { readonly checkpoint: Position }>(
  services: LagServices,
  standings: readonly Standing[],
): Promise<readonly (Standing & Lag)[]> => {
  const { scale } = services.store;
  const head = await recentHead(services.store);
  const ages = new Map<Position, Promise<number>>();
  const ageAt = (checkpoint: Position): Promise<number> => {
    const age = ages.get(checkpoint) ?? secondsBehind(services, checkpoint);
    ages.set(checkpoint, age);
    return age;
  };
  return Promise.all(
    standings.map(async (standing) => {
      const { checkpoint } = standing;
      if (checkpoint >= head) return { ...standing, behind: 0n, unit: scale.unit, secondsBehind: 0 };
      const way = scale.measure(head) - scale.measure(checkpoint);
      return { ...standing, behind: way > 0n ? way : 1n, unit: scale.unit, secondsBehind: await ageAt(checkpoint) };
    }),
  );
};
