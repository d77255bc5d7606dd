import t from 'tap';
import type { HTTPMethods, LightMyRequestResponse } from 'fastify';
import { createTestApp, type TestApp } from '../../fixtures/test-app.js';

const ORIGIN = 'https://shop.example';
const origin = { origin: ORIGIN };

const preflight = (test: TestApp, url: string, method: string, from = ORIGIN): Promise<LightMyRequestResponse> =>
  test.inject({
    method: 'OPTIONS',
    url,
    headers: { origin: from, 'access-control-request-method': method, 'access-control-request-headers': 'authorization,content-type,idempotency-key' },
  });

const listed = (header: unknown): readonly string[] => String(header).split(',').map((part) => part.trim());

t.test('issue 9.30: each method of each route may be asked for by the pages of CORS_ORIGINS', async (t) => {
  const routes: { readonly url: string; readonly method: string }[] = [];
  const test = await createTestApp({
    onRoute: ({ url, method }) => void routes.push(...[method].flat().map((each) => ({ url, method: each }))),
  });
  t.teardown(test.close);
  const asked = routes.filter(({ url, method }) => method !== 'OPTIONS' && !url.includes('*'));
  for (const method of ['PUT', 'PATCH', 'DELETE']) t.ok(asked.some((route) => route.method === method), method);
  for (const { url, method } of asked) {
    const { statusCode, headers } = await preflight(test, url.replaceAll(/:\w+/g, 'x'), method);
    t.equal(statusCode, 204, `${method} ${url}`);
    t.ok(listed(headers['access-control-allow-methods']).includes(method), `${method} ${url}`);
    t.match(headers, { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'true', 'access-control-allow-headers': /idempotency-key/ });
  }
});

t.test('issue 9.30: a page can read refusals, too', async (t) => {
  const test = await createTestApp({ config: { rateLimit: true } });
  t.teardown(test.close);
  const refusals: readonly (readonly [number, HTTPMethods, string, Readonly<Record<string, string>>])[] = [
    [401, 'GET', '/payments', {}],
    [401, 'GET', '/payments', { authorization: 'Bearer of.bad.news' }],
    [401, 'GET', '/api/v2/user/getuser', {}],
    [401, 'GET', '/api/auth/profile', {}],
    [401, 'GET', '/audit/streams/x', {}],
    [404, 'GET', '/nowhere', {}],
    [400, 'GET', '/courses/%ff', {}],
    [400, 'DELETE', '/courses/%zz', {}],
    [414, 'GET', `/courses/${'x'.repeat(600)}`, {}],
    [405, 'DELETE', '/auth/login', {}],
    [415, 'POST', '/auth/login', { 'content-type': 'text/xml' }],
  ];
  for (const [status, method, url, headers] of refusals) {
    const answer = await test.inject({ method, url, headers: { ...origin, ...headers }, ...(status === 415 ? { payload: '<x/>' } : {}) });
    t.equal(answer.statusCode, status, `${method} ${url}`);
    t.match(answer.headers, { 'access-control-allow-origin': ORIGIN, 'access-control-expose-headers': /x-request-id/ }, `${method} ${url}`);
  }
});

t.test('issue 9.30: a URL that nothing can be routed by is treated as all others', async (t) => {
  const test = await createTestApp({ surfaces: ['marketplace'] });
  const any = await createTestApp({ surfaces: ['marketplace'], config: { corsOrigins: ['*'] } });
  t.teardown(() => Promise.all([test.close(), any.close()]));
  for (const app of [test, any]) {
    for (const url of ['/courses/%zz', `/courses/${'x'.repeat(600)}`]) {
      const [usual, unroutable] = [await preflight(app, '/courses/1', 'PATCH'), await preflight(app, url, 'PATCH')];
      t.equal(unroutable.statusCode, usual.statusCode);
      const cors = ({ headers }: LightMyRequestResponse) => Object.entries(headers).filter(([name]) => name.startsWith('access-control-')).sort();
      t.same(cors(unroutable), cors(usual));
    }
  }
  const { headers } = await test.inject({ url: '/courses/%zz', headers: { origin: 'https://evil.example' } });
  t.equal(headers['access-control-allow-origin'], undefined);
});

t.test('issue 9.30: other pages are told nothing, and without CORS_ORIGINS none is', async (t) => {
  const test = await createTestApp({ surfaces: ['marketplace'] });
  const closed = await createTestApp({ surfaces: ['marketplace'], config: { corsOrigins: [] } });
  const any = await createTestApp({ surfaces: ['marketplace'], config: { corsOrigins: ['*'] } });
  t.teardown(() => Promise.all([test.close(), closed.close(), any.close()]));
  t.equal((await preflight(test, '/courses', 'POST', 'https://evil.example')).headers['access-control-allow-origin'], undefined);
  t.equal((await closed.inject({ url: '/payments', headers: origin })).headers['access-control-allow-origin'], undefined);
  const { headers } = await any.inject({ url: '/payments', headers: origin });
  t.equal(headers['access-control-allow-origin'], '*');
  t.equal(headers['access-control-allow-credentials'], undefined, 'any page may call, none with the cookies of the visitor');
});
