import Fastify from 'fastify';
import t, { type Test } from 'tap';
import { Type } from 'typebox';
import { useErrors } from '../../../src/http/plugins/errors.js';
import { RouteTable } from '../../../src/http/plugins/route-table.js';
import { useValidation } from '../../../src/http/plugins/validation.js';
import { problemDetails } from '../../../src/http/shared/problem-details.js';
import { Surfaces, type Surface } from '../../../src/http/shared/surface.js';
import { djangoPhrase } from '../../../src/http/edupro/phrases.js';

const django: Surface = {
  name: 'django',
  basePath: '/django',
  reads: [],
  errorContentType: 'application/json',
  errorSchemaId: 'DjangoError',
  errorSchema: Type.Object({}, { $id: 'DjangoError', additionalProperties: true }),
  phraseValidation: djangoPhrase,
  presentError: ({ message, errors = [] }) => {
    const fields = [...new Set(errors.map(({ field }) => field))];
    const sentences = (field: string) => errors.filter((error) => error.field === field).map((error) => error.message);
    return fields.length === 0 ? { detail: message } : { detail: message, ...Object.fromEntries(fields.map((field) => [field, sentences(field)])) };
  },
  acceptedSchema: Type.Object({ position: Type.String() }),
  presentAccepted: (position) => ({ position: String(position) }),
};

const body = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 5 }),
  email: Type.Optional(Type.String({ format: 'email', minLength: 1 })),
  teacher: Type.Optional(Type.String({ format: 'uuid' })),
  age: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  price: Type.Optional(Type.Number()),
  active: Type.Optional(Type.Boolean()),
  secret: Type.Optional(Type.String({ minLength: 3 })),
  note: Type.Optional(Type.Union([Type.String({ maxLength: 5 }), Type.Null()])),
  level: Type.Optional(Type.Union([Type.Literal('easy'), Type.Literal('hard')])),
  kind: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: ['a', 'b'] })),
  items: Type.Optional(Type.Array(Type.Object({ title: Type.String(), count: Type.Optional(Type.Integer({ minimum: 1 })) }))),
});

const startApp = async (t: Test) => {
  const app = Fastify();
  t.teardown(() => app.close());
  const surfaces = new Surfaces(problemDetails, [django]);
  const table = new RouteTable(app, surfaces);
  useValidation(app, { refusedPasswords: new Set() });
  useErrors(app, surfaces, table);
  for (const url of ['/things', '/django/things']) {
    app.post(url, { schema: { body }, config: { access: 'public' } }, async () => ({}));
    app.get(url, { schema: { querystring: Type.Object({ page: Type.Integer({ minimum: 1 }) }) }, config: { access: 'public' } }, async () => ({}));
  }
  await app.ready();
  return app;
};

const cases: readonly (readonly [sent: object, errors: Readonly<Record<string, readonly string[]>>])[] = [
  [{}, { name: ['This field is required.'] }],
  [{ name: '' }, { name: ['This field may not be blank.'] }],
  [{ name: null }, { name: ['This field may not be null.'] }],
  [{ name: 7 }, { name: ['Not a valid string.'] }],
  [{ name: 'longer' }, { name: ['Ensure this field has no more than 5 characters.'] }],
  [{ name: 'n', secret: 'ab' }, { secret: ['Ensure this field has at least 3 characters.'] }],
  [{ name: 'n', email: 'nobody' }, { email: ['Enter a valid email address.'] }],
  [{ name: 'n', email: '' }, { email: ['This field may not be blank.'] }],
  [{ name: 'n', teacher: '7' }, { teacher: ['Must be a valid UUID.'] }],
  [{ name: 'n', age: 0 }, { age: ['Ensure this value is greater than or equal to 1.'] }],
  [{ name: 'n', age: 10 }, { age: ['Ensure this value is less than or equal to 9.'] }],
  [{ name: 'n', age: 'ten' }, { age: ['A valid integer is required.'] }],
  [{ name: 'n', price: '1' }, { price: ['A valid number is required.'] }],
  [{ name: 'n', active: 'yes' }, { active: ['Must be a valid boolean.'] }],
  [{ name: 'n', note: 'longer' }, { note: ['Ensure this field has no more than 5 characters.'] }],
  [{ name: 'n', level: 'odd' }, { level: ['"odd" is not a valid choice.'] }],
  [{ name: 'n', kind: 'c' }, { kind: ['"c" is not a valid choice.'] }],
  [{ name: 'n', items: [{ title: 't' }, {}] }, { 'items.1.title': ['This field is required.'] }],
  [{ name: 'n', items: [{ title: 't', count: 0 }] }, { 'items.0.count': ['Ensure this value is greater than or equal to 1.'] }],
  [{ age: 0 }, { name: ['This field is required.'], age: ['Ensure this value is greater than or equal to 1.'] }],
];

for (const [sent, expected] of cases) {
  t.test(`a surface phrases what is wrong with ${JSON.stringify(sent)}`, async (t) => {
    const app = await startApp(t);
    const response = await app.inject({ method: 'POST', url: '/django/things', payload: sent });
    const detail = Object.entries(expected).map(([field, sentences]) => `${field}: ${sentences.join(' ')}`).join(' ');
    t.equal(response.statusCode, 400);
    t.same(response.json(), { detail, ...expected });
  });
}

t.test('a query is phrased alike', async (t) => {
  const app = await startApp(t);
  t.match((await app.inject('/django/things?page=0')).json(), { page: ['Ensure this value is greater than or equal to 1.'] });
  t.match((await app.inject('/django/things')).json(), { page: ['This field is required.'] });
  t.match((await app.inject('/django/things?page=one')).json(), { page: ['A valid integer is required.'] });
});

t.test('a surface without phrases answers fields and sentences only, no keywords or parameters', async (t) => {
  const app = await startApp(t);
  const response = await app.inject({ method: 'POST', url: '/things', payload: { name: 'n', age: 0, kind: 'c', items: [{}] } });
  const { code, detail, errors } = response.json();
  t.equal(code, 'validation-failed');
  t.same(errors, [
    { field: 'age', message: 'must be >= 1' },
    { field: 'kind', message: 'must be equal to one of the allowed values: a, b' },
    { field: 'items.0.title', message: 'is required' },
  ]);
  t.equal(detail, 'age must be >= 1; kind must be equal to one of the allowed values: a, b; items.0.title is required');
});
