import type { RouteOptions } from 'fastify';
import t from 'tap';
import { schemaFaults, walked, type Place } from '../../fixtures/schema-walk.js';
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
  t.same(found({ type: 'string', allOf: [{ pattern: '^a' }] }), ['x: a text without maxLength']);
  t.same(found({ allOf: [{ pattern: '^a' }] }), ['x: anything']);
  t.same(found({ type: 'string', maxLength: 1, allOf: [{ pattern: '^a' }] }), []);
  t.same(found({ type: 'object', properties: { a: { enum: ['one', 'two'] }, b: { type: 'string', const: 'c' }, c: {} } }), ['x.c: anything']);
});

/** Texts of several lines, settings of an organization, secrets that are compared as they are, JSON in a form, a file, and ids in a path, which find nothing. */
const NO_LINES = /params\.id$|body\.settings\.|\.(?:description|content|notes|comment|bio|address|htmlContent|file|experiance|(?:question_|option_|short_answer_)?text|correct_answer|avatar|fullname|phone|refreshToken|\w*[pP]assword[12]?)$/;
/** Filters and ids of the EduPro surface: what is malformed is left out, or finds nothing. */
const FINDS_NOTHING = /^\w+ \/api\/v1\/\S* (?:params|querystring)\./;
const NO_LINE_BREAK = ['Ada\u0000', 'https://a.example/\u0007', 'ABC\n', '\r\nBcc', 'a\u2028b', '1234567\u0085', 'account-\u007f'];

const mayHaveControl = ({ schema }: Place): boolean => {
  if (typeof schema !== 'object' || schema === null || !('type' in schema) || schema.type !== 'string') return false;
  if ('enum' in schema || 'const' in schema || ('format' in schema && ['email', 'date', 'uuid', 'binary'].includes(String(schema.format)))) return false;
  if (!('pattern' in schema) || typeof schema.pattern !== 'string') return true;
  const pattern = new RegExp(schema.pattern, 'u');
  return NO_LINE_BREAK.some((text) => pattern.test(text));
};

t.test('issue 9.23: no text of one line that a request sends has control characters', async (t) => {
  const open = requests.flatMap(walked).filter(mayHaveControl).map(({ name }) => name).filter((name) => !FINDS_NOTHING.test(name));
  t.same(open.filter((name) => !NO_LINES.test(name)), []);
  t.ok(open.length > 0 && open.length < 130, `${open.length} others`);
});

t.test('issue 9.23: names, titles and codes with control characters are 400, and say why', async (t) => {
  const { headers } = await app.signUp('admin');
  const course = { title: 'Fugues', description: 'Two\nlines', category: 'Music', level: 'beginner', price: 10 };
  const coupon = { code: 'HALF', type: 'platform_wide', value: 50, valueType: 'percentage', applicableOn: 'both' };
  const billing = { firstName: 'A', lastName: 'B', email: 'a@example.org', phoneNumber: '1' };
  const payment = { userId: 'u', courseId: 'c', amount: 1, currency: 'USD', paymentMethod: 'card', billingData: billing };
  const tries = [
    ['POST', '/courses', course, 'title'],
    ['POST', '/courses', course, 'category'],
    ['POST', '/discounts', coupon, 'code'],
    ['PATCH', '/users/profile', { name: 'Ada' }, 'name'],
    ['POST', '/payments', { ...payment, discountCode: 'HALF' }, 'discountCode'],
    ['POST', '/auth/verify-email', { email: 'a@example.org', otp: '123456' }, 'otp'],
    ['PUT', '/api/v2/user/update-user-addresses', { addressType: 'home', city: 'Graz' }, 'city'],
  ] as const;
  for (const [method, url, body, field] of tries) {
    const text: unknown = Reflect.get(body, field);
    for (const control of ['\n', '\r\n', '\u0000', '\u001b', '\u0085', '\u2028']) {
      const answer = await app.inject({ method, url, headers, payload: { ...body, [field]: `${String(text)}${control}x` } });
      t.equal(answer.statusCode, 400, `${url} ${field} U+${control.charCodeAt(0).toString(16)}: ${answer.statusCode}`);
      t.match(answer.json<{ errors: object[] }>().errors, [{ field }]);
    }
  }
  const refused = await app.inject({ method: 'POST', url: '/courses', headers, payload: { ...course, title: 'Two\nlines' } });
  t.match(refused.json(), { errors: [{ field: 'title', message: 'must not be blank, and be one line, without control characters' }] });
  t.equal((await app.inject({ method: 'POST', url: '/courses', headers, payload: course })).statusCode, 201);
  t.equal((await app.inject({ method: 'GET', url: '/discounts/code/HALF%0A', headers })).statusCode, 400);
  const further = await app.inject({ method: 'POST', url: '/payments', headers, payload: { ...payment, billingData: { ...billing, vat: 'a\nb' } } });
  t.equal(further.statusCode, 400);
});

t.test('issue 9.32: links are of http or https, those that are stored already too', async (t) => {
  const { headers } = await app.signUp('admin');
  const course = { title: 'Fugues', description: 'd', category: 'Music', level: 'beginner', price: 10 };
  const send = (thumbnailUrl: string | null) => app.inject({ method: 'POST', url: '/courses', headers, payload: { ...course, thumbnailUrl } });
  const wrong = ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,<script>', 'ftp://a.example', '//a.example', '/a.png', 'a.png', 'https://', 'https:///a', 'http:a', 'https://a.example/a b', 'java\nscript:', 'https://a.example/\u0000', '', 'file:///etc/passwd', 'https://?'];
  for (const url of wrong) {
    t.match((await send(url)).json(), { status: 400, errors: [{ field: 'thumbnailUrl' }] }, url);
    const profile = await app.inject({ method: 'PATCH', url: '/users/profile', headers, payload: { imageProfileUrl: url } });
    t.match(profile.json(), { status: 400, errors: [{ field: 'imageProfileUrl', message: 'must be a URL of http or https' }] }, url);
  }
  for (const url of ['https://a.example/a.png?b=c#d', 'HTTP://a.example', 'http://localhost:8000/files/é.png', null]) t.equal((await send(url)).statusCode, 201, String(url));

  const made = await send('https://a.example/a.png');
  const { id } = made.json<{ id: string }>();
  const [created] = await app.events(`course-${id}`);
  if (created?.type !== 'CourseCreated') throw new Error('no course');
  const old = { ...created, data: { ...created.data, courseId: 'old', thumbnailUrl: 'javascript:alert(1)' }, id: '01890000-0000-7000-8000-000000000009' };
  await app.store.append('course-old', 'no_stream', [old]);
  await app.caughtUp();
  t.match((await app.inject({ url: '/courses/old', headers })).json(), { id: 'old', thumbnailUrl: null });
});
