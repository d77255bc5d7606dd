import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { CommandContext } from '../../commands/context.js';

/** The same for the whole request: a route that calls two use cases derives the second one's context. */
export const contextOf = (request: FastifyRequest): CommandContext => {
  request.commandId ??= uuidv7();
  return {
    commandId: request.commandId,
    actorId: request.account?.accountId ?? null,
    correlationId: request.id,
    causationId: request.id,
  };
};
