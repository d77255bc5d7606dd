import { Type } from 'typebox';
import t from 'tap';
import { BooleanField, CharField, Clearable, DateField, DecimalField, EmailField, IntegerField, PasswordField, UuidField } from '../../../src/http/edupro/fields.js';
import { useDjangoManner } from '../../../src/http/edupro/index.js';
import { answerPage, Page, PageQuery } from '../../../src/http/edupro/pages.js';
import { BASE_PATH } from '../../../src/http/edupro/surface.js';
import { problems } from '../../../src/http/shared/problem.js';
import { createEduproApp } from './edupro-app.js';

const Made = Type.Object({
  title: CharField(5),
  age: IntegerField(1, 5),
  price: DecimalField,
  email: Type.Optional(EmailField),
  isFree: Type.Optional(BooleanField),
  born: Clearable(DateField),
  ref: Type.Optional(UuidField),
  password: Type.Optional(PasswordField({ minLength: 3 })),
  options: Type.Optional(Type.Array(Type.Object({ text: CharField() }), { maxItems: 3 })),
});

const app = await createEduproApp({
  routes: async (root, services) => {
    await root.register(async (server) => {
    await useDjangoManner(server, services);
    server.post(`${BASE_PATH}/made-up/`, { schema: { body: Made, response: { 200: Type.Unknown() } }, config: { access: 'public', reads: [] } }, async ({ body }) => body);
    server.get(
      `${BASE_PATH}/numbers/`,
      { schema: { querystring: Type.Object({ ...PageQuery, odd: Type.Optional(Type.String()) }), response: { 200: Page(Type.Integer()), ...problems(404) } }, config: { access: 'public', reads: [] } },
      async (request) => answerPage(request, request.query as object, async ({ skip, limit }) => ({ total: 12, found: [...Array(12).keys()].slice(skip, (skip ?? 0) + limit) }), ({ found }) => found),
    );
    });
  },
});
t.teardown(() => app.close());
const valid = { title: 'x', age: 1, price: '1.00' };

t.test('bodies are read as Django REST framework reads them', async (t) => {
  const { status, body } = await app.send(null, 'POST', '/made-up/', { title: ' x ', age: '3', price: 9.5, isFree: 'True', born: '', password: ' a b ' });
  t.equal(status, 200);
  t.same(body, { title: 'x', age: 3, price: '9.5', isFree: true, born: null, password: ' a b ' });
});

const refusals: readonly (readonly [sent: object, field: string, sentence: string])[] = [
  [{ title: undefined }, 'title', 'This field is required.'],
  [{ title: '  ' }, 'title', 'This field may not be blank.'],
  [{ title: null }, 'title', 'This field may not be null.'],
  [{ title: [] }, 'title', 'Not a valid string.'],
  [{ title: 'abcdef' }, 'title', 'Ensure this field has no more than 5 characters.'],
  [{ age: 'x' }, 'age', 'A valid integer is required.'],
  [{ age: 0 }, 'age', 'Ensure this value is greater than or equal to 1.'],
  [{ age: 6 }, 'age', 'Ensure this value is less than or equal to 5.'],
  [{ price: 'x' }, 'price', 'A valid number is required.'],
  [{ price: '1.001' }, 'price', 'Ensure that there are no more than 2 decimal places.'],
  [{ price: -1 }, 'price', 'Ensure this value is greater than or equal to 0.'],
  [{ price: '123456789' }, 'price', 'Ensure that there are no more than 8 digits before the decimal point.'],
  [{ email: 'x' }, 'email', 'Enter a valid email address.'],
  [{ isFree: 'x' }, 'isFree', 'Must be a valid boolean.'],
  [{ born: '2020-13-01' }, 'born', 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
  [{ ref: 'x' }, 'ref', 'Must be a valid UUID.'],
  [{ password: '  ' }, 'password', 'Ensure this field has at least 3 characters.'],
];

for (const [sent, field, sentence] of refusals) {
  t.test(`${JSON.stringify(sent)} is refused in the words of Django REST framework`, async (t) => {
    const { status, body } = await app.send(null, 'POST', '/made-up/', { ...valid, ...sent });
    t.equal(status, 400);
    t.same(body, { [field]: [sentence] });
  });
}

t.test('the parts of a list stand at their place', async (t) => {
  const { body } = await app.send(null, 'POST', '/made-up/', { ...valid, options: [{ text: 'x' }, {}] });
  t.same(body, { options: [{}, { text: ['This field is required.'] }] });
});

t.test('no body is an empty one, and malformed JSON is told', async (t) => {
  const none = await app.send(null, 'POST', '/made-up/');
  t.same([none.status, Object.keys(none.body)], [400, ['title', 'age', 'price']]);
  const malformed = await app.inject({ method: 'POST', url: `${BASE_PATH}/made-up/`, headers: { 'content-type': 'application/json' }, payload: '{"a"' });
  t.equal(malformed.statusCode, 400);
  t.match(malformed.json(), { detail: /^JSON parse error - / });
});

t.test('pages have absolute URLs that keep the query, and end', async (t) => {
  const middle = await app.send(null, 'GET', '/numbers/?odd=a%20b&page=2');
  t.match(middle.body, { count: 12, results: [5, 6, 7, 8, 9] });
  t.same([middle.body['next'], middle.body['previous']], ['http://localhost/api/v1/numbers/?odd=a+b&page=3', 'http://localhost/api/v1/numbers/?odd=a+b']);
  t.match((await app.send(null, 'GET', '/numbers?page=last&page_size=10')).body, { next: null, results: [10, 11] });
  t.match((await app.send(null, 'GET', '/numbers/?page_size=x')).body['results'], [0, 1, 2, 3, 4]);
  for (const page of ['4', '0', 'x', '-1', '99999999999']) {
    const beyond = await app.send(null, 'GET', `/numbers/?page=${page}`);
    t.same([beyond.status, beyond.body], [404, { detail: 'Invalid page.' }], page);
  }
});

t.test('what is not there, and what is not allowed', async (t) => {
  const nowhere = await app.send(null, 'GET', '/nowhere/');
  t.same([nowhere.status, nowhere.body], [404, { detail: 'Not found.' }]);
  const wrong = await app.send(null, 'DELETE', '/teacher/login/');
  t.same([wrong.status, wrong.body], [405, { detail: 'Method "DELETE" not allowed.' }]);
  const unknown = await app.send(null, 'POST', '/logout/');
  t.same([unknown.status, unknown.body], [401, { detail: 'Authentication credentials were not provided.' }]);
  const forged = await app.send({ headers: { authorization: 'Bearer x' } }, 'POST', '/logout/');
  t.same([forged.status, forged.body], [401, { detail: 'Given token not valid for any token type' }]);
});

t.test('a page of another origin changes nothing with the cookies of its visitor', async (t) => {
  const foreign = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
  for (const headers of foreign) {
    const { status, body } = await app.send(null, 'POST', '/made-up/', valid, headers);
    t.equal(status, 403, JSON.stringify(headers));
    t.same(body, { detail: `CSRF Failed: Origin checking failed - ${headers.origin ?? 'another site'} does not match any trusted origins.` });
  }
  for (const headers of [{ origin: 'http://localhost' }, { origin: 'https://shop.example' }, { 'sec-fetch-site': 'same-origin' }, { origin: 'https://evil.example', authorization: 'Bearer x' }]) {
    t.not((await app.send(null, 'POST', '/made-up/', valid, headers)).status, 403, JSON.stringify(headers));
  }
});

t.test('log-in of a teacher by cookies, refresh and logout', async (t) => {
  const { email, password, id, username } = await app.teacher();
  const login = await app.send(null, 'POST', '/teacher/login', { email, password });
  t.equal(login.status, 200);
  t.match(login.body, { id, username, user_type: 'teacher', email });
  const cookies = (from: typeof login) => Object.fromEntries(from.raw.cookies.map(({ name, value }) => [name, value]));
  t.match(login.raw.cookies, [{ name: 'access_token', httpOnly: true, sameSite: 'Lax', path: '/api/v1' }, { name: 'refresh_token', httpOnly: true, sameSite: 'Lax', path: '/api/v1' }]);
  t.notMatch(login.raw.body, String(cookies(login)['access_token']));
  const cookie = (from: Record<string, string>) => ({ cookie: Object.entries(from).map(([name, value]) => `${name}=${value}`).join('; ') });

  const refreshed = await app.send(null, 'POST', '/token/refresh/', undefined, cookie(cookies(login)));
  t.same([refreshed.status, refreshed.body], [200, { message: 'Token refreshed successfully' }]);
  t.not(cookies(refreshed)['refresh_token'], cookies(login)['refresh_token'], 'it rotates');

  const none = await app.send(null, 'POST', '/logout/', undefined, cookie({ access_token: String(cookies(refreshed)['access_token']) }));
  t.same([none.status, none.body], [400, { message: 'No refresh token found' }]);
  const wrong = await app.send(null, 'POST', '/logout/', undefined, cookie({ ...cookies(refreshed), refresh_token: 'x' }));
  t.same([wrong.status, wrong.body], [400, { error: 'Invalid token' }]);
  const out = await app.send(null, 'POST', '/logout/', undefined, cookie(cookies(refreshed)));
  t.same([out.status, out.body], [205, { message: 'Logged out successfully' }]);
  t.same(out.raw.cookies.map(({ value }) => value), ['', '']);
  const after = await app.send(null, 'POST', '/token/refresh/', undefined, cookie(cookies(refreshed)));
  t.same([after.status, after.body], [401, { error: 'Invalid or expired refresh token' }]);
  t.same((await app.send(null, 'POST', '/token/refresh/')).body, { error: 'Refresh token not found' });
});

t.test('who is no teacher cannot log in as one, nor who has another password', async (t) => {
  const { email, password } = await app.student();
  const wrong = { status: 401, body: { error: 'Invalid credentials' } };
  t.match(await app.send(null, 'POST', '/teacher/login/', { email, password }), wrong);
  t.match(await app.send(null, 'POST', '/teacher/login/', { email, password: 'x' }), wrong);
  t.match(await app.send(null, 'POST', '/teacher/login/', {}), { status: 400, body: { email: ['This field is required.'], password: ['This field is required.'] } });
});

t.test('the list of endpoints has absolute URLs', async (t) => {
  const { status, raw } = await app.send(null, 'GET', '');
  t.equal(status, 200);
  t.ok(raw.json<string[]>().includes('http://localhost/api/v1/teacher/login/'));
});
