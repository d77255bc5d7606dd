import type { Position } from '../../ports/event-store.js';
import type { Generation } from '../../ports/read-model-store.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';

/** Where the read models stand that are served; undefined while one lags or has failed. */
export const standingOf = (generations: readonly Generation[], projections: readonly ProjectionDefinition[]): Position | undefined => {
  const serving = generations.filter(({ state, failure, projection }) => state === 'serving' && failure === null && projections.some(({ name }) => name === projection));
  const [first] = serving;
  return first !== undefined && serving.length === projections.length && serving.every(({ checkpoint }) => checkpoint === first.checkpoint) ? first.checkpoint : undefined;
};
