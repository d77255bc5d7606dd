import type { FastifyRequest } from 'fastify';

/** For routes whose document shows no body, and whose fields are all optional. */
export const mayHaveNoBody = async (request: FastifyRequest): Promise<void> => {
  request.body ??= {};
};
