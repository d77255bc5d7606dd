import type { FastifyRequest } from 'fastify';
import { Type, type Static, type TSchema } from 'typebox';
import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource, FieldsOf } from '../../domain/record/resource.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import type { Wordings } from '../refusals/wording.js';
import type { Access } from '../shared/access.js';
import { Page, presentPage, type PageRequest } from '../shared/pagination.js';

/** One route of a resource. In `url`, the last parameter is the record's id where the route is about one; others are fields. */
export interface RecordRoute {
  readonly url: string;
  /** Who may call it, before the resource's rule is asked. Absent: any account. */
  readonly access?: Access;
  readonly status?: 200 | 201 | 204;
  readonly summary?: string;
  /** For an envelope that carries a sentence. */
  readonly message?: string;
  /** Words of this route for refusals. */
  readonly refusals?: Wordings;
}

export interface CreateRoute extends RecordRoute {
  /** Whose the record becomes; absent: the caller's. */
  readonly ownerId?: (request: FastifyRequest) => string;
}

export interface ChangeRoute extends RecordRoute {
  /** PUT asks for all fields and clears the optional ones that are absent; PATCH changes what it names. Absent: PATCH. */
  readonly methods?: readonly ('PUT' | 'PATCH')[];
}

export interface ListRoute extends RecordRoute {
  /** Fields that the query may filter by. The resource declares a list for each combination. */
  readonly filters?: readonly string[];
  /** The name of the query parameter that searches the text. */
  readonly search?: string;
  /** false: all in one page, the largest that there is. */
  readonly paged?: boolean;
}

/** How a surface wraps what it answers. */
export interface RecordEnvelope {
  readonly one: (item: TSchema) => TSchema;
  readonly presentOne: (item: unknown, message: string) => unknown;
  readonly page: (item: TSchema) => TSchema;
  readonly presentPage: (items: readonly unknown[], page: PageRequest, total: number, message: string) => unknown;
}

/** The record itself, and pages as `shared/pagination.ts` has them. */
export const plainEnvelope: RecordEnvelope = {
  one: (item) => item,
  presentOne: (item) => item,
  page: Page,
  presentPage: (items, page, total) => presentPage(page, items, total),
};

/** A list without anything around it. */
export const bareLists: RecordEnvelope = { ...plainEnvelope, page: (item) => Type.Array(item), presentPage: (items) => items };

/** What one surface makes of a resource. */
export interface RecordSurface<R extends AnyResource, Answer extends TSchema> {
  readonly tag: string;
  /** What one record is called: "level". */
  readonly noun: string;
  /** What the surface calls a field, where that is another name. */
  readonly names?: Readonly<Record<string, string>>;
  /** The number of a numbered resource, or its id (the default). */
  readonly ids?: 'id' | 'number';
  /** Fills in or replaces what was sent before it is kept. */
  readonly input?: (fields: RecordFields, request: FastifyRequest) => RecordFields | Promise<RecordFields>;
  readonly answer: Answer;
  readonly present: (record: RecordDocument<FieldsOf<R>>) => Static<Answer>;
  readonly envelope?: RecordEnvelope;
  readonly create?: CreateRoute;
  readonly get?: RecordRoute;
  readonly change?: ChangeRoute;
  readonly delete?: RecordRoute;
  readonly restore?: RecordRoute;
  readonly lists?: readonly ListRoute[];
}

/** The usual routes below one path. */
export const usualRoutes = (path: string) => ({
  create: { url: path, status: 201 } as const,
  get: { url: `${path}/:id` },
  change: { url: `${path}/:id` },
  delete: { url: `${path}/:id` },
  lists: [{ url: path }] as readonly ListRoute[],
});
