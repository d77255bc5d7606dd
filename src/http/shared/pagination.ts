import { Type, type Static, type TSchema } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { ForeignPlace, type Place, type Slice } from '../../projections/kernel/slice.js';
import { Cursor, cursorOf, foreignCursor, placeOf } from './cursor.js';
import { invalidField } from './problem.js';

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Spread it into a route's query: `Type.Object({ ...PageQuery.properties, category: ... })`. A larger limit gives 100. */
export const PageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, default: DEFAULT_PAGE_SIZE, description: `At most ${MAX_PAGE_SIZE}` })),
  cursor: Type.Optional(Cursor),
});

export interface PageRequest extends Slice {
  readonly page: number;
}

export const pageOf = ({ page = 1, limit: wanted = DEFAULT_PAGE_SIZE, cursor }: Static<typeof PageQuery>): PageRequest => {
  const limit = Math.min(wanted, MAX_PAGE_SIZE);
  if (cursor === undefined) return { page, limit, skip: (page - 1) * limit };
  if (page !== 1) throw invalidField('cursor', 'takes the place of page: send one of them');
  return { page, limit, skip: 0, after: placeOf(cursor) };
};

/** A list refuses a cursor that is a place in another order. */
export const foundBy = async <List>(find: Promise<List>): Promise<List> => {
  try {
    return await find;
  } catch (error) {
    throw error instanceof ForeignPlace ? foreignCursor() : error;
  }
};

export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object({
    data: Type.Array(item),
    page: Type.Integer(),
    limit: Type.Integer(),
    total: Type.Integer(),
    totalPages: Type.Integer(),
    nextCursor: Nullable(Type.String({ description: 'Send it as cursor for the page after this one; null: there is none' })),
  });

export interface PageOf<Item> {
  data: Item[];
  page: number;
  limit: number;
  total: number;
  totalPages: number;
  nextCursor: string | null;
}

export const presentPage = <Item>({ page, limit }: PageRequest, items: readonly Item[], total: number, next: Place | null): PageOf<Item> => ({
  data: [...items],
  page,
  limit,
  total,
  totalPages: Math.ceil(total / limit),
  nextCursor: next === null ? null : cursorOf(next),
});

/** The page of a list that a query asks for: `answerPage(query, (page) => listCoupons(readModels, page), ({ coupons }) => coupons.map(present))`. */
export const answerPage = async <List extends { readonly total: number; readonly next: Place | null }, Item>(
  query: Static<typeof PageQuery>,
  find: (page: PageRequest) => Promise<List>,
  present: (list: List) => readonly Item[] | Promise<readonly Item[]>,
): Promise<PageOf<Item>> => {
  const page = pageOf(query);
  const list = await foundBy(find(page));
  return presentPage(page, await present(list), list.total, list.next);
};
