import t from 'tap';
import { openOperationsServer } from '../../../src/http/operations/operators-only.js';
import { createTestApp, type TestApp } from '../../fixtures/test-app.js';

const TOKEN = 'the-token-of-the-operators';
const paths = ['/metrics', '/docs', '/docs/', '/docs/json', '/docs/yaml', '/docs/static/index.html', '/%6detrics', '/docs/%6ason'];
const basic = (password: string): string => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;

const statusesOf = (test: TestApp, headers: Readonly<Record<string, string>> = {}): Promise<readonly number[]> =>
  Promise.all(paths.map(async (url) => (await test.inject({ url, headers })).statusCode));

const every = (status: number): readonly number[] => paths.map(() => status);

t.test('issue 9.36: in production nobody sees metrics and documentation until a token or a port is set', async (t) => {
  const test = await createTestApp({ surfaces: ['audit'], config: { production: true } });
  t.teardown(test.close);
  t.same(await statusesOf(test), every(401));
  t.same(await statusesOf(test, { authorization: 'Bearer ' }), every(401));
  t.same(await statusesOf(test, { authorization: basic('') }), every(401));
  t.equal((await test.inject({ url: '/health' })).statusCode, 200);
});

t.test('issue 9.36: with OPERATIONS_TOKEN they ask for it', async (t) => {
  for (const production of [true, false]) {
    const test = await createTestApp({ surfaces: ['audit'], config: { production, operationsToken: TOKEN } });
    t.teardown(test.close);
    t.same(await statusesOf(test), every(401));
    for (const wrong of [`Bearer ${TOKEN}x`, 'Bearer', TOKEN, basic('other'), 'Basic %%%']) t.same(await statusesOf(test, { authorization: wrong }), every(401), wrong);
    const { headers } = await test.inject({ url: '/docs' });
    t.match(headers['www-authenticate'], /Basic .*Bearer/, 'a browser asks its user');
    for (const right of [`Bearer ${TOKEN}`, basic(TOKEN)]) t.ok((await statusesOf(test, { authorization: right })).every((status) => status < 400), right);
    const admin = await createTestApp({ surfaces: ['marketplace'], config: { production, operationsToken: TOKEN } });
    t.teardown(admin.close);
    const { token } = await admin.signUp('admin');
    t.same(await statusesOf(admin, { authorization: `Bearer ${token}` }), every(401), 'admins of the shop are no operators');
  }
});

t.test('issue 9.36: with OPERATIONS_PORT they answer there, and nothing else does', async (t) => {
  const test = await createTestApp({ surfaces: ['marketplace'], config: { production: true, operationsPort: 9_000 } });
  const server = await openOperationsServer(test.app, { host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await server.close();
    await test.close();
  });
  t.same(await statusesOf(test), every(404));
  const there = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status;
  for (const path of ['/metrics', '/docs', '/docs/json', '/health']) t.equal(await there(path), 200, path);
  for (const path of ['/courses', '/auth/user/a@b.example', '/']) t.equal(await there(path), 404, path);
});

t.test('issue 9.36: a port that is in use is a start that fails', async (t) => {
  const test = await createTestApp({ surfaces: ['audit'] });
  const server = await openOperationsServer(test.app, { host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await server.close();
    await test.close();
  });
  await t.rejects(openOperationsServer(test.app, { host: '127.0.0.1', port: server.port }), { code: 'EADDRINUSE' });
});
