import type { FastifyReply } from 'fastify';
import type { Outcome } from '../../commands/outcome.js';
import type { Position } from '../../ports/event-store.js';
import type { HttpServices } from '../http-services.js';
import { refusalProblem, type Rejection } from '../refusals/index.js';
import { readable } from './reads.js';

export const VISIBLE_TIMEOUT_MS = 2_000;

/** The command was carried out, but the read models do not show it yet: 202 with the position to wait for. */
export class NotYetVisible extends Error {
  override readonly name = 'NotYetVisible';

  constructor(readonly position: Position) {
    super(`carried out at ${position}, not visible yet`);
  }
}

/**
 * Gives the value of a use case once the read models of the route (config.reads and config.shows) show its change. Throws a
 * refusal as a problem. Routes call it through `run`.
 */
export const answerWhenVisible = async <Value>(
  services: Pick<HttpServices, 'progress'>,
  reply: FastifyReply,
  outcome: Outcome<Value, Rejection>,
): Promise<Value> => {
  if (!outcome.ok) throw refusalProblem(outcome.rejection, outcome.details);
  reply.header('x-position', outcome.position.toString());
  const { reads = [], shows = [] } = reply.request.routeOptions.config;
  const awaited = shows.length === 0 ? reads : [...reads, ...(await readable(services, shows))];
  if (await services.progress.waitFor(outcome.position, VISIBLE_TIMEOUT_MS, awaited)) return outcome.value;
  throw new NotYetVisible(outcome.position);
};
