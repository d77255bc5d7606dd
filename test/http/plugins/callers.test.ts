import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { Type } from 'typebox';
import { useCookies } from '../../../src/http/plugins/cookies.js';
import type { HttpServices } from '../../../src/http/http-services.js';
import { addToCart } from '../../../src/commands/carts/add-to-cart.js';
import { accountOf, type Access } from '../../../src/http/shared/access.js';
import { runner } from '../../../src/http/shared/run.js';
import { newCourse } from '../../fixtures/course-client.js';
import { MADE_UP, madeUpSurface } from '../../fixtures/made-up-surface.js';
import { createTestApp } from '../../fixtures/test-app.js';

const SERVICE_API_KEY = 'a key of the tests, long enough';

const surface = madeUpSurface({
  admitsServices: true,
  tokenCookie: { name: 'access_token', wins: true },
  unauthenticated: {
    missing: 'Authentication required. No valid token provided.',
    malformed: 'Invalid token',
    unknown: 'Invalid token',
    expired: 'Token expired. Please login again.',
    revoked: 'Token has been revoked. Please login again.',
    'wrong-service-key': 'Invalid service key',
  },
});

const madeUpRoutes = async (app: FastifyInstance, services: HttpServices): Promise<void> => {
  const run = runner(services);
  const accesses: Readonly<Record<string, Access>> = { anybody: 'public', account: 'account', admins: ['admin'], programs: ['admin', 'service'] };
  await app.register(
    async (routes) => {
      await useCookies(routes, services);
      for (const [name, access] of Object.entries(accesses)) {
        routes.get(`/${name}`, { config: { access } }, async (request) => ({ account: request.account, isService: request.isService }));
      }
      routes.post(
        '/cart',
        { schema: { body: Type.Object({ courseId: Type.String() }) }, config: { access: 'account' } },
        async (request, reply) => {
          const { courseId } = request.body as { courseId: string };
          await run(request, reply, addToCart, { userId: accountOf(request).accountId, courseId });
          return { courseId };
        },
      );
    },
    { prefix: MADE_UP },
  );
};

const app = await createTestApp({
  config: { serviceApiKey: SERVICE_API_KEY, rateLimit: true },
  otherSurfaces: [surface],
  routes: madeUpRoutes,
});
t.teardown(() => app.close());

const signed = (claims: object): string => {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${createHmac('sha256', app.services.config.jwtSecret).update(parts).digest('base64url')}`;
};

type Headers = Readonly<Record<string, string>>;
const get = (path: string, headers: Headers = {}, from = '10.2.0.1') =>
  app.inject({ url: `${MADE_UP}${path}`, headers, remoteAddress: from });
const service = (userId?: string): Headers => ({ 'x-api-key': SERVICE_API_KEY, ...(userId === undefined ? {} : { 'x-user-id': userId }) });

t.test('a 401 says why, in the words of the surface', async (t) => {
  const ada = await app.signUp();
  const detail = async (authorization?: string) => {
    const answer = await get('/account', authorization === undefined ? {} : { authorization });
    t.equal(answer.statusCode, 401);
    return answer.json<{ detail: string }>().detail;
  };
  const claims = { sub: ada.id, sid: 'a session', role: 'student' } as const;
  t.equal(await detail(), 'Authentication required. No valid token provided.');
  t.equal(await detail('Basic YWRhOnNlY3JldA=='), 'Invalid token');
  t.equal(await detail('Bearer not.a.token'), 'Invalid token');
  t.equal(await detail(`${ada.headers.authorization}x`), 'Invalid token');
  t.equal(await detail(`Bearer ${app.app.jwt.sign(claims)}`), 'Token has been revoked. Please login again.', 'of no session');
  const expired = signed({ ...claims, iss: 'registrar', iat: 1_000_000, exp: 1_000_900 });
  t.equal(await detail(`Bearer ${expired}`), 'Token expired. Please login again.');
  await app.inject({ method: 'POST', url: '/auth/logout', headers: ada.headers });
  t.equal(await detail(ada.headers.authorization), 'Token has been revoked. Please login again.');
});

t.test('the cookie wins where the surface says so', async (t) => {
  const [ada, bob] = [await app.signUp(), await app.signUp()];
  const both = await get('/account', { ...ada.headers, cookie: `access_token=${bob.token}` });
  t.match(both.json(), { account: { accountId: bob.id } });
  t.match((await get('/account', ada.headers)).json(), { account: { accountId: ada.id } });
  t.equal((await get('/account', { ...ada.headers, cookie: 'access_token=nonsense' })).statusCode, 401, 'a bad one too');
});

t.test('a service calls in the name of an account', async (t) => {
  const ada = await app.signUp();
  const account = { accountId: ada.id, role: 'student', studentType: null, sessionId: null, organizationId: null };
  t.same((await get('/account', service(ada.id))).json(), { account, isService: true });
  t.same((await get('/anybody', service())).json(), { account: null, isService: true });
  const unnamed = await get('/account', service());
  t.equal(unnamed.statusCode, 400);
  t.match(unnamed.json(), { errors: [{ field: 'x-user-id' }] });
  for (const userId of ['nobody', 'two words', '../x', 'x'.repeat(65), '']) {
    t.match((await get('/anybody', service(userId))).json(), { code: 'validation-failed', errors: [{ field: 'x-user-id' }] }, userId);
  }
});

t.test('a service passes the checks of roles that name it, and no other, whoever it names', async (t) => {
  const admin = await app.signUp('admin');
  const student = await app.signUp();
  t.equal((await get('/programs', service())).statusCode, 200);
  t.equal((await get('/programs', service(student.id))).statusCode, 200);
  t.equal((await get('/admins', service(admin.id))).statusCode, 403);
  t.equal((await get('/programs', student.headers)).statusCode, 403, 'others do not pass by it');
  t.equal((await get('/programs', admin.headers)).statusCode, 200);
});

t.test('a key is looked at only where services are admitted', async (t) => {
  const ada = await app.signUp();
  t.equal((await app.inject({ url: '/cart', headers: service(ada.id) })).statusCode, 401);
  t.equal((await app.inject({ url: '/cart', headers: { ...ada.headers, 'x-api-key': 'any' } })).statusCode, 200);
});

t.test('a wrong key is a 401, and ten of them are enough for a minute', async (t) => {
  const wrong = (key: string) => get('/anybody', { 'x-api-key': key }, '10.2.0.9');
  for (let tries = 0; tries < 50; tries += 1) t.equal((await get('/anybody', service(), '10.2.0.9')).statusCode, 200);
  const refused = await wrong(`${SERVICE_API_KEY}x`);
  t.equal(refused.statusCode, 401);
  t.match(refused.json(), { code: 'unauthenticated', detail: 'Invalid service key' });
  for (let tries = 0; tries < 9; tries += 1) t.equal((await wrong('')).statusCode, 401);
  t.equal((await wrong('another')).statusCode, 429);
  t.equal((await get('/anybody', service(), '10.2.0.9')).statusCode, 429, 'nor is the right one found by trying on');
  t.equal((await get('/anybody', service())).statusCode, 200);
  app.clock.advance(60_000);
  t.equal((await get('/anybody', service(), '10.2.0.9')).statusCode, 200);
});

t.test('services are not counted by the general limit', async (t) => {
  t.ok((await get('/anybody')).headers['x-ratelimit-remaining']);
  t.notOk((await get('/anybody', service())).headers['x-ratelimit-remaining']);
});

t.test('without a configured key no key is right', async (t) => {
  const other = await createTestApp({ otherSurfaces: [surface], routes: madeUpRoutes });
  t.teardown(() => other.close());
  t.equal((await other.inject({ url: `${MADE_UP}/anybody`, headers: { 'x-api-key': '' } })).statusCode, 401);
  t.equal((await other.inject({ url: `${MADE_UP}/anybody`, headers: service() })).statusCode, 401);
});

t.test('keys of a service and of the account that it names do not meet, and events say who called', async (t) => {
  const ada = await app.signUp();
  const teacher = await app.signUp('instructor');
  const course = await app.inject({ method: 'POST', url: '/courses', headers: teacher.headers, payload: newCourse });
  const { id: courseId } = course.json<{ id: string }>();
  const add = (headers: Headers) =>
    app.inject({ method: 'POST', url: `${MADE_UP}/cart`, payload: { courseId }, headers: { ...headers, 'idempotency-key': 'the-same' } });
  const byService = await add(service(ada.id));
  t.equal(byService.statusCode, 200);
  t.notOk((await add(ada.headers)).headers['idempotency-replayed']);
  t.ok((await add(service(ada.id))).headers['idempotency-replayed']);
  const [added] = await app.events(`cart-${ada.id}`);
  t.equal(added?.metadata.actorId, `service:${ada.id}`);
});
