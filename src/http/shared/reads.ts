import type { FastifyRequest } from 'fastify';
import type { ProjectionProgress, UnavailableProjection } from '../../ports/projection-progress.js';
import type { ProjectionName } from '../../projections/index.js';
import { Problem } from './problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The read models of the route's answer; absent: all that its surface reads. */
    reads?: readonly ProjectionName[];
    /** Read models that show the route's change but are not part of its answer: waited for while they are available. */
    shows?: readonly ProjectionName[];
    /** True: /health is 503, not degraded, when one of the route's read models cannot be shown. */
    vital?: boolean;
  }
}

export const readsOf = ({ routeOptions: { config } }: FastifyRequest): readonly ProjectionName[] => config.reads ?? [];

const refuse = (unavailable: readonly UnavailableProjection[]): void => {
  const [first] = unavailable;
  if (first === undefined) return;
  const told = unavailable.map(({ projection, state, since }) => `${projection} (${state === 'failed' ? 'failed' : 'being built'} since ${since})`);
  const { projection, state, since } = first;
  throw new Problem(503, 'read-model-unavailable', `What this reads cannot be shown now: ${told.join(', ')}.`, undefined, { projection, state, since });
};

/** Throws, or rejects with, a 503 that names the read models which cannot be shown now. Undefined: all can. */
export const assertReadable = (
  { progress }: { readonly progress: Pick<ProjectionProgress, 'unavailable'> },
  projections: readonly ProjectionName[],
): Promise<void> | undefined => {
  const unavailable = progress.unavailable(projections);
  if (unavailable instanceof Promise) return unavailable.then(refuse);
  refuse(unavailable);
  return undefined;
};

export const readable = async <Name extends ProjectionName>(
  { progress }: { readonly progress: Pick<ProjectionProgress, 'unavailable'> },
  projections: readonly Name[],
): Promise<readonly Name[]> => {
  const unavailable = await progress.unavailable(projections);
  return unavailable.length === 0 ? projections : projections.filter((name) => !unavailable.some(({ projection }) => projection === name));
};
