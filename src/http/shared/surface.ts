import type { FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { Position } from '../../ports/event-store.js';
import type { ProjectionName } from '../../projections/index.js';
import type { Wordings } from '../refusals/wording.js';
import type { UnauthenticatedReason } from './access.js';
import type { Problem } from './problem.js';
import type { ValidationError } from './validation-problem.js';

/** One documented API: what its answers look like wherever no route of its own writes them. */
export interface Surface {
  readonly name: string;
  /** Such as /api/auth; empty for the surface that answers whatever belongs to no other. */
  readonly basePath: string;
  /** What a route of it reads that does not say so itself (config.reads). */
  readonly reads: readonly ProjectionName[];
  readonly errorContentType: string;
  /** Registered once with the app; the error responses of the surface's routes refer to it by its $id. */
  readonly errorSchema: TSchema;
  readonly errorSchemaId: string;
  /** Other statuses and sentences than the core has. A route's own `config.refusals` come before them. */
  readonly errorOverrides?: Wordings;
  /** What is wrong with a field, in the surface's own sentence. Undefined: another error of the field says it. */
  readonly phraseValidation?: (error: ValidationError) => string | undefined;
  /** The envelope of an error, already in the words of route and surface. */
  presentError(problem: Problem, request: FastifyRequest): Readonly<Record<string, unknown>>;
  /** The cookie that brings access tokens, and whether it wins where an Authorization header comes as well. */
  readonly tokenCookie?: { readonly name: string; readonly wins: boolean };
  /** Sentences of its own for a 401, by why the caller is not known. */
  readonly unauthenticated?: Readonly<Partial<Record<UnauthenticatedReason, string>>>;
  /** Programs with SERVICE_API_KEY may call its routes (header x-api-key), in the name of an account (x-user-id). */
  readonly admitsServices?: boolean;
  /** 202: carried out, but the read models do not show it yet. */
  readonly acceptedSchema: TSchema;
  presentAccepted(position: Position): Readonly<Record<string, unknown>>;
}

/** Tells by the path which surface is asked; siblings all, so that none inherits another's hooks. */
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

  /** By the route, and by the path as it was sent where there is none. */
  of(request: FastifyRequest): Surface {
    const [path = '/'] = request.url.split('?');
    return this.at(request.routeOptions.url ?? path);
  }
}
