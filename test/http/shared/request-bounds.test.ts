import type { RouteOptions } from 'fastify';
import t from 'tap';
import { schemaFaults, type Place } from '../../fixtures/schema-walk.js';
import { createTestApp } from '../../fixtures/test-app.js';

const PARTS = ['body', 'querystring', 'params', 'headers'] as const;

const routes: RouteOptions[] = [];
const app = await createTestApp({ onRoute: (route) => void routes.push(route) });
t.teardown(() => app.close());

const requests: readonly Place[] = routes.flatMap(({ schema, method, url }) =>
  PARTS.flatMap((part): Place[] => (schema?.[part] === undefined ? [] : [{ name: `${String(method)} ${url} ${part}`, schema: schema[part] }])),
);

t.test('issue 9.2: every array, text and open object in the schemas of requests has a maximum', async (t) => {
  t.ok(requests.length > 80, `${requests.length} schemas`);
  t.same(requests.flatMap(schemaFaults), []);
});

t.test('issue 9.2: the walk finds what has none', async (t) => {
  const found = (schema: object) => schemaFaults({ name: 'x', schema });
  t.same(found({ type: 'object', properties: { a: { type: 'array', maxItems: 1, items: { type: 'string' } } } }), ['x.a[]: a text without maxLength']);
  t.same(found({ anyOf: [{ type: 'array', items: { type: 'integer' } }, { type: 'null' }] }), ['x: an array without maxItems']);
  t.same(found({ type: 'object', patternProperties: { '^a': { type: 'boolean' } } }), ['x: an open object without maxProperties']);
  t.same(found({ type: 'object', additionalProperties: true, properties: {} }), ['x: an open object without maxProperties']);
  t.same(found({ type: 'object', properties: { a: { enum: ['one', 'two'] }, b: { type: 'string', const: 'c' }, c: {} } }), ['x.c: anything']);
});
