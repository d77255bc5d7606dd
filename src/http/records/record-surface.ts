import type { FastifyRequest } from 'fastify';
import { Type, type Static, type TSchema } from 'typebox';
import type { RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource, FieldsOf } from '../../domain/record/resource.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import type { Wordings } from '../refusals/wording.js';
import type { Access } from '../shared/access.js';
import type { Place } from '../../projections/kernel/slice.js';
import { Page, presentPage, type PageRequest } from '../shared/pagination.js';

/** One route of a resource. The last parameter of `url` is the record's id where the route is about one; others are fields. */
export interface RecordRoute {
  readonly url: string;
  /** Checked before the resource's rule. Absent: any account. */
  readonly access?: Access;
  readonly status?: 200 | 201 | 204;
  readonly summary?: string;
  readonly message?: string;
  readonly refusals?: Wordings;
}

export interface CreateRoute extends RecordRoute {
  /** The owner of a new record; absent: the caller. */
  readonly ownerId?: (request: FastifyRequest) => string;
}

export interface ChangeRoute extends RecordRoute {
  /** PUT asks for all fields and clears the optional ones that are absent; PATCH changes what it names. Absent: PATCH. */
  readonly methods?: readonly ('PUT' | 'PATCH')[];
}

export interface ListRoute extends RecordRoute {
  /** Fields that the query may filter by. The resource declares a list for each combination. */
  readonly filters?: readonly string[];
  readonly search?: string;
  /** false: all in one page, the largest that there is. */
  readonly paged?: boolean;
}

export interface RecordEnvelope {
  readonly one: (item: TSchema) => TSchema;
  readonly presentOne: (item: unknown, message: string) => unknown;
  readonly page: (item: TSchema) => TSchema;
  readonly presentPage: (items: readonly unknown[], page: PageRequest, found: { readonly total: number; readonly next: Place | null }, message: string) => unknown;
}

/** The record itself, and pages as `shared/pagination.ts` has them. */
export const plainEnvelope: RecordEnvelope = {
  one: (item) => item,
  presentOne: (item) => item,
  page: Page,
  presentPage: (items, page, { total, next }) => presentPage(page, items, total, next),
};

export const bareLists: RecordEnvelope = { ...plainEnvelope, page: (item) => Type.Array(item), presentPage: (items) => items };

export interface RecordSurface<R extends AnyResource, Answer extends TSchema> {
  readonly tag: string;
  /** The word for one record, such as "level". */
  readonly noun: string;
  /** The surface's names of fields, where they differ. */
  readonly names?: Readonly<Record<string, string>>;
  /** Values of fields that a client may leave out although the resource asks for them. */
  readonly defaults?: Partial<FieldsOf<R>>;
  /** The number of a numbered resource, or its id (the default). */
  readonly ids?: 'id' | 'number';
  /** Completes or replaces the sent fields before they are stored. */
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

export const usualRoutes = (path: string) => ({
  create: { url: path, status: 201 } as const,
  get: { url: `${path}/:id` },
  change: { url: `${path}/:id` },
  delete: { url: `${path}/:id` },
  lists: [{ url: path }] as readonly ListRoute[],
});
