import type { FastifyRequest } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { Slice } from '../../projections/kernel/slice.js';
import { Problem } from '../shared/problem.js';
import { ownOrigin } from '../shared/own-origin.js';

const MOST_PER_PAGE = 100;
const MOST_PAGES = 1_000_000;
export const DEFAULT_PAGE_SIZE = 5;

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }));

/** What is no number counts as Django REST framework counts it: no such page, and the usual size of a page. */
export const PageQuery = {
  page: text('The number of a page, from 1 on, or last'),
  page_size: text(`At most ${MOST_PER_PAGE}`),
};

export interface PageSent {
  readonly page?: string | undefined;
  readonly page_size?: string | undefined;
}

export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object({
    count: Type.Integer(),
    next: Nullable(Type.String()),
    previous: Nullable(Type.String()),
    results: Type.Array(item),
  });

const POSITIVE = /^0*[1-9]\d{0,6}$/;

const noSuchPage = (): Problem => new Problem(404, 'no-such-page', 'Invalid page.');

const sizeOf = ({ page_size: sent }: PageSent, usual: number): number =>
  sent !== undefined && POSITIVE.test(sent) ? Math.min(Number(sent), MOST_PER_PAGE) : usual;

/** The URL of this request with another page; the first page needs none. */
const urlOf = (request: FastifyRequest, page: number): string => {
  const found = new URL(request.url, ownOrigin(request));
  if (page === 1) found.searchParams.delete('page');
  else found.searchParams.set('page', String(page));
  return found.href;
};

/**
 * The page that a query asks for: `answerPage(request, request.query, (slice) => listOf(readModels, slice), ({ found }) => found.map(present))`.
 * Throws 404 for a page beyond the end. `usual`: the size of a page where none is asked for.
 */
export const answerPage = async <List extends { readonly total: number }, Item>(
  request: FastifyRequest,
  query: PageSent,
  find: (slice: Slice) => Promise<List>,
  present: (list: List) => readonly Item[] | Promise<readonly Item[]>,
  usual = DEFAULT_PAGE_SIZE,
): Promise<{ count: number; next: string | null; previous: string | null; results: Item[] }> => {
  const size = sizeOf(query, usual);
  const { page: sent = '1' } = query;
  const isLast = sent === 'last';
  if (!isLast && !POSITIVE.test(sent)) throw noSuchPage();
  const asked = isLast ? 1 : Number(sent);
  if (asked > MOST_PAGES) throw noSuchPage();
  const first = await find({ limit: size, skip: (asked - 1) * size });
  const pages = Math.max(1, Math.ceil(first.total / size));
  const page = isLast ? pages : asked;
  if (page > pages) throw noSuchPage();
  const list = page === asked ? first : await find({ limit: size, skip: (page - 1) * size });
  return {
    count: list.total,
    next: page < pages ? urlOf(request, page + 1) : null,
    previous: page > 1 ? urlOf(request, page - 1) : null,
    results: [...(await present(list))],
  };
};
