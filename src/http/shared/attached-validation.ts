import type { FastifyRequest } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

/**
 * What the schemas refuse of a request to a route with `attachValidation`, which answers it itself: in an order or with words of its
 * own. Empty: nothing.
 */
export const violationsOf = ({ validationError }: FastifyRequest): readonly FastifySchemaValidationError[] => {
  // Fastify types it as anything; it is what the validator of this server found.
  const violations: readonly FastifySchemaValidationError[] | undefined = validationError?.validation;
  return violations ?? [];
};
