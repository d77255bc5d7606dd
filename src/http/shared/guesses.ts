import type { FastifyRequest } from 'fastify';
import type { Review } from './run.js';

const misses = new WeakSet<FastifyRequest>();

/** The request named something secret that does not exist: its caller may miss a few times a minute only. */
export const missed = (request: FastifyRequest): void => void misses.add(request);

export const isMiss = (request: FastifyRequest): boolean => misses.has(request);

/** Counts these refusals as misses, and leaves the rest to the route's own review. */
export const countingMisses =
  <Value>(request: FastifyRequest, rejections: readonly string[], review: Review<Value> = (outcome) => outcome): Review<Value> =>
  (outcome) => {
    if (!outcome.ok && rejections.includes(outcome.rejection)) missed(request);
    return review(outcome);
  };
