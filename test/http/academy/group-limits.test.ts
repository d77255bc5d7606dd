import type { RouteOptions } from 'fastify';
import t from 'tap';
import { createAcademyApp } from './academy-app.js';

/** The table of section 1: the areas that each route counts in. */
const table: Readonly<Record<string, readonly string[]>> = {
  'POST /group-payments/validate-emails': ['payments'],
  'POST /group-payments': ['payments'],
  'GET /group-payments': ['payments', 'administration'],
  'GET /group-payments/:id': ['payments'],
  'PATCH /group-payments/:id/approve': ['payments', 'administration'],
  'DELETE /group-payments/:id': ['payments', 'administration'],
  'GET /enrollments': ['people', 'administration'],
  'GET /enrollments/me': ['people', 'own enrollments'],
  'GET /enrollments/isenrolled': ['people', 'enrollment status'],
  'GET /enrollments/:courseId/status': ['people', 'enrollment status'],
  'GET /enrollments/:id': ['people', 'own enrollments'],
  'PATCH /enrollments/:id/progress': ['people', 'progress'],
};

const routes: RouteOptions[] = [];
const app = await createAcademyApp({ config: { rateLimit: true }, onRoute: (route) => void routes.push(route) });
t.teardown(() => app.close());

t.test('each route of group payments and enrollments counts in its areas (1)', (t) => {
  const found = routes
    .filter(({ method, url }) => method !== 'HEAD' && /^\/academy\/(?:group-payments|enrollments)/.test(url))
    .map(({ method, url, config }) => [`${String(method)} ${url.replace('/academy', '')}`, config?.limits?.areas?.map(({ name }) => name.replace('academy ', ''))] as const);
  t.same(Object.fromEntries(found), table);
  t.end();
});

t.test('100 calls of enrollments in 15 minutes, whatever they ask (1)', async (t) => {
  const [ann, bob] = [await app.umum(), await app.umum()];
  for (let index = 0; index < 50; index += 1) {
    t.equal((await app.send(ann, 'GET', '/enrollments/me')).status, 200);
    t.equal((await app.send(ann, 'PATCH', '/enrollments/none/progress', { progress: 1 })).status, 404);
  }
  const limited = await app.send(ann, 'GET', '/enrollments/isenrolled');
  t.match([limited.status, limited.body], [429, { status: 'error', error: 'Too many requests', retryAfter: 900 }]);
  t.equal((await app.send(bob, 'GET', '/enrollments/isenrolled')).status, 200);
  t.equal((await app.send(app.service(ann), 'GET', '/enrollments/isenrolled')).status, 200);
  app.clock.advance(15 * 60_000);
  t.equal((await app.send(ann, 'GET', '/enrollments/isenrolled')).status, 200);
});
