import type { FastifyInstance } from 'fastify';
import type { ProjectionName } from '../../projections/index.js';
import type { HttpServices } from '../http-services.js';
import { Problem, invalidField } from '../shared/problem.js';
import { VISIBLE_TIMEOUT_MS } from '../shared/answer-when-visible.js';
import { readsOf } from '../shared/reads.js';

/**
 * Delays a read with X-Min-Position (from a command's X-Position) until the read models of its route have reached it, on any
 * node. 503 with Retry-After when they don't within two seconds.
 */
export const useMinPosition = (app: FastifyInstance, { progress }: HttpServices): void => {
  const reach = async (wanted: string | readonly string[], reads: readonly ProjectionName[]): Promise<void> => {
    if (typeof wanted !== 'string' || !/^\d{1,39}$/.test(wanted)) {
      throw invalidField('X-Min-Position', 'must be a position, as X-Position gives it');
    }
    if (await progress.waitFor(BigInt(wanted), VISIBLE_TIMEOUT_MS, reads)) return;
    throw new Problem(503, 'position-not-reached', `The read models have not reached position ${wanted} yet.`);
  };

  app.addHook('preHandler', (request, _reply, done) => {
    const wanted = request.headers['x-min-position'];
    if (wanted === undefined || request.method !== 'GET' || request.is404) done();
    else reach(wanted, readsOf(request)).then(() => done(), done);
  });
};
