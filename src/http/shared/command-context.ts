import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '../../commands/context.js';
import { actorIdOf } from './access.js';
import { callerNetwork } from './caller-network.js';

/** One context per request: a route that calls two use cases derives the second one's. */
export const contextOf = (request: FastifyRequest): CommandContext => {
  const isFirst = request.commandId === null;
  request.commandId ??= randomUUID();
  return {
    commandId: request.commandId,
    isFirst,
    actorId: actorIdOf(request),
    correlationId: request.id,
    causationId: request.id,
    caller: callerNetwork(request.ip),
  };
};
