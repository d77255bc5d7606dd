import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { Position } from '../../ports/event-store.js';
import type { ProjectionName } from '../../projections/index.js';
import type { Wordings } from '../refusals/wording.js';
import type { Problem } from './problem.js';
import type { SuccessEnvelope } from './success-envelope.js';
import type { ValidationError } from './validation-problem.js';

/**
 * The reason why a request has no account: no token, unreadable, expired, session ended, or not signed here. `wrong-service-key`:
 * a service sent a key other than the configured one.
 */
export type UnauthenticatedReason = 'missing' | 'malformed' | 'expired' | 'revoked' | 'unknown' | 'wrong-service-key';

/** One documented API: the form of all answers that its routes do not write themselves. */
export interface Surface {
  readonly name: string;
  /** Such as /api/auth; empty for the surface of all other paths. */
  readonly basePath: string;
  readonly reads: readonly ProjectionName[];
  readonly errorContentType: string;
  /** The error responses of the surface's routes refer to its $id. */
  readonly errorSchema: TSchema;
  readonly errorSchemaId: string;
  /** Statuses and sentences other than the core's. A route's own `config.refusals` come before them. */
  readonly errorOverrides?: Wordings;
  /** The surface's own sentence for an invalid field. Undefined: another error of the field says it. */
  readonly phraseValidation?: (error: ValidationError) => string | undefined;
  /** Puts an error, worded by route and surface, into the envelope. */
  presentError(problem: Problem, request: FastifyRequest): Readonly<Record<string, unknown>>;
  /** Absent where an answer is the resource itself. */
  readonly success?: SuccessEnvelope;
  /** The cookie with access tokens. `wins`: over an Authorization header of the same request. */
  readonly tokenCookie?: { readonly name: string; readonly wins: boolean };
  readonly unauthenticated?: Readonly<Partial<Record<UnauthenticatedReason, string>>>;
  /** True: what changes something is refused (403) where a page of another origin sent it. */
  readonly sameOriginOnly?: boolean;
  /** True: programs with SERVICE_API_KEY (header x-api-key) may call its routes in the name of an account (x-user-id). */
  readonly admitsServices?: boolean;
  /** 202: carried out, but the read models do not show it yet. */
  readonly acceptedSchema: TSchema;
  presentAccepted(position: Position): Readonly<Record<string, unknown>>;
}

export class Surfaces {
  readonly #longestFirst: readonly Surface[];

  constructor(
    readonly fallback: Surface,
    others: readonly Surface[],
  ) {
    this.#longestFirst = [...others].sort((one, other) => other.basePath.length - one.basePath.length);
  }

  get all(): readonly Surface[] {
    return [this.fallback, ...this.#longestFirst];
  }

  at(path: string): Surface {
    return this.#longestFirst.find(({ basePath }) => path === basePath || path.startsWith(`${basePath}/`)) ?? this.fallback;
  }

  /** By the route; without one, by the path as it was sent. */
  of(request: FastifyRequest): Surface {
    const [path = '/'] = request.url.split('?');
    return this.at(request.routeOptions.url ?? path);
  }
}
