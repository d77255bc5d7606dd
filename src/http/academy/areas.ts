import type { FastifyRequest } from 'fastify';
import type { FieldError, Problem } from '../shared/problem.js';
import { roleOfRequest } from './roles.js';

// The surface documents several services as one: these differ in the form of an error, by the first word of the path.

const areaOf = ({ routeOptions, url }: FastifyRequest): string => (routeOptions.url ?? url).split(/[/?]/)[2] ?? '';

const SALES: ReadonlySet<string> = new Set(['payments', 'group-payments', 'enrollments']);
/** Their errors always have the key. */
const WITH_ERRORS: ReadonlySet<string> = new Set(['packages', 'materials']);
/** Their errors never have it: what is wrong stands in `details`. */
const WITHOUT_ERRORS: ReadonlySet<string> = new Set(['payments', 'group-payments']);

/** Of a caller whose role is not admitted (section 1). */
export const wrongRole = (request: FastifyRequest): string =>
  SALES.has(areaOf(request))
    ? 'Access denied. Insufficient privileges.'
    : `Access denied. Role '${roleOfRequest(request)}' is not permitted to perform this action.`;

interface NamedErrors {
  readonly errors?: readonly FieldError[] | null;
  readonly details?: readonly FieldError[];
}

export const errorsOf = ({ errors }: Problem, request: FastifyRequest): NamedErrors => {
  const area = areaOf(request);
  if (WITH_ERRORS.has(area)) return { errors: errors ?? null };
  if (errors === undefined) return {};
  return WITHOUT_ERRORS.has(area) ? { details: errors } : { errors };
};
