import type { FastifyRequest } from 'fastify';
import { attemptById, type AttemptDocument } from '../../../projections/attempts/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { accountOf } from '../../shared/access.js';
import { notFound } from '../../shared/problem.js';

/** Those of other students are not found. Routes read attempts. */
export const ownAttempt = async (readModels: ReadModels, request: FastifyRequest, id: string): Promise<AttemptDocument> => {
  const attempt = await attemptById(readModels, id);
  if (attempt?.studentId !== accountOf(request).accountId) throw notFound('attempt');
  return attempt;
};
