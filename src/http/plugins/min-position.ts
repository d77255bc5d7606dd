import type { FastifyInstance } from 'fastify';
import { allProjections, type ProjectionName } from '../../projections/index.js';
import type { HttpServices } from '../http-services.js';
import { Problem, invalidField } from '../shared/problem.js';
import { VISIBLE_TIMEOUT_MS } from '../shared/answer-when-visible.js';
import { readsOf } from '../shared/reads.js';

/** A read that names no position sees what was written before it all the same, if that comes soon. */
const SOON_MS = 500;

const batched: ReadonlySet<string> = new Set(allProjections.flatMap((projection) => ('batched' in projection ? [projection.name] : [])));

const isBatched = (name: ProjectionName): boolean => batched.has(name);

/**
 * Delays a read with X-Min-Position (from a command's X-Position) until the read models of its route have reached it, on any
 * node. 503 with Retry-After when they don't within two seconds.
 * Batched read models, which follow a moment behind, are waited for without being asked to.
 */
export const useMinPosition = (app: FastifyInstance, { progress, store }: HttpServices): void => {
  /** Nothing is asked of a server for it: where the head is not known the log is away, and what is there is shown. */
  const hurry = async (projections: readonly ProjectionName[]): Promise<void> => {
    const head = store.knownHead === undefined ? await store.head() : store.knownHead();
    if (head !== undefined) await progress.waitFor(head, SOON_MS, projections);
  };

  const reach = async (wanted: string | readonly string[], reads: readonly ProjectionName[]): Promise<void> => {
    if (typeof wanted !== 'string' || !/^\d{1,39}$/.test(wanted)) {
      throw invalidField('X-Min-Position', 'must be a position, as X-Position gives it');
    }
    if (await progress.waitFor(BigInt(wanted), VISIBLE_TIMEOUT_MS, reads)) return;
    throw new Problem(503, 'position-not-reached', `The read models have not reached position ${wanted} yet.`);
  };

  app.addHook('preHandler', (request, _reply, done) => {
    if (request.method !== 'GET' || request.is404) return done();
    const wanted = request.headers['x-min-position'];
    const reads = readsOf(request);
    if (wanted !== undefined) reach(wanted, reads).then(() => done(), done);
    else if (reads.some(isBatched)) hurry(reads.filter(isBatched)).then(() => done(), done);
    else done();
  });
};
