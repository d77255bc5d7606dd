import type { FastifyBaseLogger } from 'fastify';
import { Problem } from '../shared/problem.js';

const LONGEST_REASON = 300;

/** What a part of the program answers; a 503 with its reason where it can't be reached, as NATS or MongoDB may be. */
export const reachable = async <Answer>(log: FastifyBaseLogger, part: string, ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    log.warn({ err: error, part }, 'operators asked for what can not be reached');
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON).toWellFormed();
    throw new Problem(503, 'part-unreachable', `This process can't reach the ${part} now: ${reason}`);
  }
};
