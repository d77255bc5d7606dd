import { Type } from 'typebox';
import Fastify from 'fastify';
import t, { type Test } from 'tap';
import { useDocumentation } from '../../../src/http/plugins/documentation.js';
import { useErrors } from '../../../src/http/plugins/errors.js';
import { RouteTable } from '../../../src/http/plugins/route-table.js';
import { useValidation } from '../../../src/http/plugins/validation.js';
import { refusalProblem, type Rejection } from '../../../src/http/refusals/index.js';
import type { Wordings } from '../../../src/http/refusals/wording.js';
import { problemDetails } from '../../../src/http/shared/problem-details.js';
import { notFound, problems } from '../../../src/http/shared/problem.js';
import { Surfaces, type Surface } from '../../../src/http/shared/surface.js';

const accepted = { acceptedSchema: Type.Object({ position: Type.String() }), presentAccepted: (position: bigint) => ({ position: String(position) }) };

/** `{field: [sentences]}` where a field is wrong, else `{detail}`. */
const edupro: Surface = {
  ...accepted,
  name: 'edupro',
  basePath: '/edupro',
  reads: [],
  errorContentType: 'application/json',
  errorSchemaId: 'EduProError',
  errorSchema: Type.Object({}, { $id: 'EduProError', additionalProperties: true }),
  errorOverrides: { 'account-not-found': 'Not found.', 'email-taken': { status: 400, field: 'email' } },
  presentError: ({ message, errors }) =>
    errors === undefined ? { detail: message } : Object.fromEntries(errors.map((error) => [error.field, [error.message]])),
};

const academy: Surface = {
  ...accepted,
  name: 'academy',
  basePath: '/academy',
  reads: [],
  errorContentType: 'application/json',
  errorSchemaId: 'AcademyError',
  errorSchema: Type.Object({ status: Type.Literal('error'), message: Type.String() }, { $id: 'AcademyError' }),
  errorOverrides: { 'not-found': 'Tidak ditemukan' },
  presentError: ({ message }) => ({ status: 'error', message }),
};

interface Worded {
  readonly url: string;
  readonly code?: Rejection;
  readonly refusals?: Wordings;
}

const answering = async (t: Test, routes: readonly Worded[]) => {
  const app = Fastify();
  t.teardown(() => app.close());
  const surfaces = new Surfaces(problemDetails, [edupro, academy]);
  const table = new RouteTable(app, surfaces);
  useValidation(app, { refusedPasswords: new Set() });
  useErrors(app, surfaces, table);
  await useDocumentation(app, surfaces, [], { production: false, operationsToken: null, operationsPort: null });
  for (const { url, code, refusals } of routes) {
    const schema = { response: { 200: Type.Object({}), ...problems(404) } };
    app.get(url, { schema, config: { access: 'public', ...(refusals === undefined ? {} : { refusals }) } }, async () => {
      throw code === undefined ? notFound('payment') : refusalProblem(code, { accountId: 'a' });
    });
  }
  await app.ready();
  return app;
};

t.test('without words of its own a route answers as its surface does, and a surface as the core', async (t) => {
  const app = await answering(t, [
    { url: '/payments/1', code: 'account-not-found' },
    { url: '/edupro/teacher', code: 'account-not-found' },
    { url: '/edupro/sign-up', code: 'email-taken' },
    { url: '/edupro/cart', code: 'cart-full' },
    { url: '/academy/teacher', code: 'account-not-found' },
    { url: '/academy/payment' },
  ]);
  const answer = async (url: string) => {
    const { statusCode, body } = await app.inject(url);
    return [statusCode, JSON.parse(body)];
  };
  t.match(await answer('/payments/1'), [404, { code: 'account-not-found', detail: 'The account does not exist.', details: { accountId: 'a' } }]);
  t.same(await answer('/edupro/teacher'), [404, { detail: 'Not found.' }]);
  t.same(await answer('/edupro/sign-up'), [400, { email: ['The email address is in use by another account.'] }]);
  t.same(await answer('/edupro/cart'), [409, { detail: 'The cart is full.' }]);
  t.same(await answer('/academy/teacher'), [404, { status: 'error', message: 'The account does not exist.' }]);
  t.same(await answer('/academy/payment'), [404, { status: 'error', message: 'Tidak ditemukan' }]);
});

const worded: readonly (readonly [title: string, Worded, status: number, body: object])[] = [
  [
    'a sentence, in the envelope',
    { url: '/academy/teacher', code: 'account-not-found', refusals: { 'account-not-found': 'Pengajar tidak ditemukan' } },
    404,
    { status: 'error', message: 'Pengajar tidak ditemukan' },
  ],
  [
    'a sentence of a field, in the envelope',
    { url: '/edupro/join', code: 'account-not-found', refusals: { 'account-not-found': { status: 400, message: 'No such teacher.', field: 'teacher' } } },
    400,
    { teacher: ['No such teacher.'] },
  ],
  [
    'another sentence for the field that the surface blames, with the status that the surface gives',
    { url: '/edupro/teacher', code: 'email-taken', refusals: { 'email-taken': 'Already registered.' } },
    400,
    { email: ['Already registered.'] },
  ],
  [
    'a status and a sentence, which blames no field',
    { url: '/edupro/teacher', code: 'email-taken', refusals: { 'email-taken': [422, 'Already registered.'] } },
    422,
    { detail: 'Already registered.' },
  ],
  [
    'a status and a whole body',
    { url: '/edupro/teacher', code: 'account-not-found', refusals: { 'account-not-found': [404, { error: 'Teacher not found.' }] } },
    404,
    { error: 'Teacher not found.' },
  ],
  [
    'a whole body in another envelope',
    { url: '/academy/teacher', code: 'cart-full', refusals: { 'cart-full': [400, { teacher: ['Not found.'] }] } },
    400,
    { teacher: ['Not found.'] },
  ],
  [
    'words of a problem that is no refusal',
    { url: '/academy/payment', refusals: { 'not-found': 'Payment not found' } },
    404,
    { status: 'error', message: 'Payment not found' },
  ],
  [
    'another status only',
    { url: '/academy/cart', code: 'cart-full', refusals: { 'cart-full': { status: 422 }, 'account-not-found': 'Something else' } },
    422,
    { status: 'error', message: 'The cart is full.' },
  ],
];

for (const [title, route, status, body] of worded) {
  t.test(`a route says ${title}`, async (t) => {
    const app = await answering(t, [route]);
    const response = await app.inject(route.url);
    t.equal(response.statusCode, status);
    t.same(response.json(), body);
    t.equal(response.headers['content-type'], 'application/json; charset=utf-8');
  });
}

t.test('a route of the marketplace says its own in problem details', async (t) => {
  const refusals = { 'account-not-found': { status: 422, message: 'The payer does not exist.', field: 'userId' } };
  const app = await answering(t, [{ url: '/payments', code: 'account-not-found', refusals }]);
  const errors = [{ field: 'userId', message: 'The payer does not exist.' }];
  t.match((await app.inject('/payments')).json(), { status: 422, code: 'account-not-found', detail: 'The payer does not exist.', errors });
});

t.test('a route gives the code that its document names', async (t) => {
  const app = await answering(t, [{ url: '/payers', code: 'account-not-found', refusals: { 'account-not-found': { code: 'payer-unknown' } } }]);
  t.match((await app.inject('/payers')).json(), { status: 404, code: 'payer-unknown', detail: 'The account does not exist.' });
});

t.test('a 401 that a route makes of a refusal says how to log in', async (t) => {
  const app = await answering(t, [{ url: '/academy/me', code: 'account-not-found', refusals: { 'account-not-found': [401, 'Silakan login'] } }]);
  const { statusCode, headers } = await app.inject('/academy/me');
  t.same([statusCode, headers['www-authenticate']], [401, 'Bearer']);
});

t.test('the statuses and bodies of a route’s words are documented', async (t) => {
  const refusals: Wordings = {
    'account-not-found': [404, { error: 'Teacher not found.' }],
    'email-taken': 'Already registered.',
    'cart-full': { status: 423 },
    'course-full': [200, { info: 'There is no seat.' }],
  };
  const app = await answering(t, [{ url: '/edupro/join', code: 'account-not-found', refusals }]);
  const { paths } = (await app.inject('/docs/json')).json();
  const { responses } = paths['/edupro/join'].get;
  // 202, 401 and 403: as of a moment.
  t.same(Object.keys(responses).toSorted(), ['200', '202', '400', '401', '403', '404', '423', '429', '500', '503']);
  t.same(responses['404'].content['application/json'].schema, {
    anyOf: [
      { $ref: '#/components/schemas/EduProError' },
      { type: 'object', additionalProperties: true, examples: [{ error: 'Teacher not found.' }] },
    ],
  });
  t.same(responses['423'].content['application/json'].schema, { $ref: '#/components/schemas/EduProError' });
});
