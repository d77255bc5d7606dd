import type { FastifyInstance } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { ruleOf } from '../../commands/access/record-rules.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { Scalar } from '../../ports/read-models.js';
import { listOf } from '../../projections/kernel/record-queries.js';
import { optionalAccountOf } from '../shared/access.js';
import { foundBy, MAX_PAGE_SIZE, PageQuery, pageOf, type PageRequest } from '../shared/pagination.js';
import { visibleList } from './record-access.js';
import type { RecordContext, RecordRequest } from './record-context.js';
import { RecordWire } from './record-schemas.js';
import type { ListRoute, RecordRoute } from './record-surface.js';
import { Line } from '../shared/text-schemas.js';

export const getRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: RecordContext<R, Answer>, route: RecordRoute): void => {
  const { surface } = context;
  const names = RecordWire.paramsOf(route.url);
  app.route<RecordRequest>({
    method: 'GET',
    url: route.url,
    schema: context.schema(route, `One ${surface.noun}`, { params: context.params(route.url) }, [404]),
    config: context.config(route, 'read'),
    handler: async (request, reply) => context.one(request, reply, request.params[names.at(-1) ?? 'id'], route),
  });
};

const isScalar = (value: unknown): value is Scalar => value === null || ['string', 'number', 'boolean'].includes(typeof value);

const subsets = (names: readonly string[]): readonly (readonly string[])[] =>
  names.reduce<readonly (readonly string[])[]>((found, name) => [...found, ...found.map((set) => [...set, name])], [[]]);

/** Throws at the start when no index answers a possible list. */
const assertDeclared = (resource: AnyResource, fixed: readonly string[], filters: readonly string[]): void => {
  const { narrowsBy } = ruleOf(resource, 'read');
  for (const subset of subsets(filters)) {
    const names = [...fixed, ...subset];
    if (narrowsBy?.always !== true) listOf(resource, names);
    if (narrowsBy !== undefined) listOf(resource, [...new Set([...names, narrowsBy.field])]);
  }
};

export const listRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: RecordContext<R, Answer>, route: ListRoute): void => {
  const { resource, surface, envelope, wire, queries, readModels } = context;
  const { filters = [], search, paged = true } = route;
  const names = RecordWire.paramsOf(route.url);
  const fixed = names.map((name) => wire.fieldOf(name));
  assertDeclared(resource, fixed, filters);
  const rest = {
    params: Type.Object(Object.fromEntries(names.map((name) => [name, wire.schemaOf(wire.fieldOf(name))]))),
    querystring: Type.Object({
      ...(paged ? PageQuery.properties : {}),
      ...wire.query(filters),
      ...(search === undefined ? {} : { [search]: Type.Optional(Line({ minLength: 1, maxLength: 200 })) }),
    }),
  };
  const everything: PageRequest = { page: 1, limit: MAX_PAGE_SIZE, skip: 0 };
  app.route<RecordRequest>({
    method: 'GET',
    url: route.url,
    schema: context.schema(route, `Every ${surface.noun} that may be seen`, rest, [ruleOf(resource, 'read').hides === undefined ? 403 : 404], envelope.page(surface.answer)),
    config: context.config(route, 'read'),
    handler: async (request) => {
      const { query, params } = request;
      const page = paged ? pageOf(query) : everything;
      const filtered = Object.fromEntries(filters.flatMap((field) => (wire.nameOf(field) in query ? [[field, query[wire.nameOf(field)]]] : [])));
      const asked = { ...filtered, ...context.inUrl(params, names) };
      const visible = await visibleList(readModels, resource, optionalAccountOf(request), asked);
      const where = Object.fromEntries(Object.entries(visible).filter((entry): entry is [string, Scalar] => isScalar(entry[1])));
      const words = search === undefined ? undefined : query[search];
      const found = await foundBy(queries.page(readModels, { ...page, where, ...(typeof words === 'string' ? { search: words } : {}) }));
      return envelope.presentPage(found.records.map(context.present), page, found, route.message ?? '');
    },
  });
};
