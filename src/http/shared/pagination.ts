import { Type, type Static, type TSchema } from 'typebox';

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Spread it into a route's query: `Type.Object({ ...PageQuery.properties, category: ... })`. A larger limit gives 100. */
export const PageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, default: DEFAULT_PAGE_SIZE, description: `At most ${MAX_PAGE_SIZE}` })),
});

export interface PageRequest {
  readonly page: number;
  readonly limit: number;
  readonly skip: number;
}

export const pageOf = (query: Static<typeof PageQuery>): PageRequest => {
  const page = query.page ?? 1;
  const limit = Math.min(query.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  return { page, limit, skip: (page - 1) * limit };
};

export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object({
    data: Type.Array(item),
    page: Type.Integer(),
    limit: Type.Integer(),
    total: Type.Integer(),
    totalPages: Type.Integer(),
  });

export interface PageOf<Item> {
  data: Item[];
  page: number;
  limit: number;
  total: number;
  totalPages: number;
}

export const presentPage = <Item>({ page, limit }: PageRequest, items: readonly Item[], total: number): PageOf<Item> => ({
  data: [...items],
  page,
  limit,
  total,
  totalPages: Math.ceil(total / limit),
});

/** The page of a list that a query asks for: `answerPage(query, (page) => listCoupons(readModels, page), ({ coupons }) => coupons.map(present))`. */
export const answerPage = async <List extends { readonly total: number }, Item>(
  query: Static<typeof PageQuery>,
  find: (page: PageRequest) => Promise<List>,
  present: (list: List) => readonly Item[],
): Promise<PageOf<Item>> => {
  const page = pageOf(query);
  const list = await find(page);
  return presentPage(page, present(list), list.total);
};
