import type { FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Slice } from '../../projections/kernel/slice.js';

/** The longest list that the document has without pages. */
export const MOST_LISTED = 1_000;
const MOST_PER_PAGE = 100;
const DEFAULT_LIMIT = 10;
const LAST_PAGE = 1_000_000;

const Page = Type.Optional(Type.Integer({ minimum: 1, maximum: LAST_PAGE, default: 1 }));

/** Of a list that the document has in one piece. */
export const PlainListQuery = Type.Object({
  page: Page,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED, default: MOST_LISTED, description: 'The header X-Total-Count says how many there are' })),
});

/** The part of the list that is asked for. */
export const listSlice = ({ page = 1, limit = MOST_LISTED }: Static<typeof PlainListQuery>): Slice => ({ skip: (page - 1) * limit, limit });

export const tellTotal = (reply: FastifyReply, total: number): void => void reply.header('x-total-count', total);

/** `...PagedQuery.properties` */
export const PagedQuery = Type.Object({
  page: Page,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_PER_PAGE, default: DEFAULT_LIMIT })),
});

/** Of assignments, submissions and enrollments. */
export const Pagination = Type.Object({ total: Type.Integer(), page: Type.Integer(), limit: Type.Integer(), pages: Type.Integer() });

export interface PageRequest extends Slice {
  readonly page: number;
}

export const pageOf = ({ page = 1, limit = DEFAULT_LIMIT }: Static<typeof PagedQuery>): PageRequest => ({ page, limit, skip: (page - 1) * limit });

export const presentPagination = (total: number, { page, limit }: PageRequest): Static<typeof Pagination> => ({ total, page, limit, pages: Math.ceil(total / limit) });
