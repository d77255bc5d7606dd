import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';
import { projectRoot } from '../../project-root.js';

const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const SCRIPT = `console.log("${'a long script '.repeat(200)}");`;
const PAGE = `<!doctype html><title>Console</title>${'<p>text</p>'.repeat(200)}`;

const folder = await mkdtemp(join(tmpdir(), 'registrar-console-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));
const built = join(folder, 'built');
await mkdir(join(built, 'assets'), { recursive: true });
await writeFile(join(built, 'index.html'), PAGE);
await writeFile(join(built, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
await writeFile(join(built, 'assets/index-Ab12Cd34.js'), SCRIPT);
await writeFile(join(folder, 'secret.txt'), 'not for the world');
const compressing = spawnSync(process.execPath, [join(projectRoot, 'scripts/compress-console.mjs'), built], { encoding: 'utf8' });

const { app, close } = await createTestApp({ surfaces: ['audit'], config: { consoleFolder: built } });
t.teardown(close);
const get = (url: string, headers: Readonly<Record<string, string>> = {}) => app.inject({ url, headers });

t.test('issue 16: the page and every address of it that is no file give the page, asked for again each time', async (t) => {
  for (const url of ['/console', '/console/', '/console/payments/3f9a?at=12', '/console/streams/payment-1']) {
    const answer = await get(url, HTML);
    t.equal(answer.statusCode, 200, url);
    t.equal(answer.body, PAGE, url);
    t.match(answer.headers, {
      'content-type': /^text\/html/,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
  }
  const { headers: { etag } } = await get('/console', HTML);
  t.equal((await get('/console', { ...HTML, 'if-none-match': String(etag) })).statusCode, 304);
});

t.test('issue 16: a file whose name has a hash is kept for ever, others are asked for again', async (t) => {
  const script = await get('/console/assets/index-Ab12Cd34.js');
  t.equal(script.body, SCRIPT);
  t.match(script.headers, { 'content-type': /javascript/, 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' });
  t.match((await get('/console/favicon.svg')).headers, { 'content-type': /svg/, 'cache-control': 'no-cache' });
});

t.test('issue 16: files go out as they were compressed by the build, to those who take that', async (t) => {
  t.equal(compressing.status, 0, compressing.stderr);
  const url = '/console/assets/index-Ab12Cd34.js';
  const brotli = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
  t.match(brotli.headers, { 'content-encoding': 'br', 'content-type': /javascript/, vary: /accept-encoding/i, 'cache-control': /immutable/ });
  t.equal(brotliDecompressSync(brotli.rawPayload).toString(), SCRIPT);
  t.ok(brotli.rawPayload.length < SCRIPT.length / 5);
  const gzip = await get(url, { 'accept-encoding': 'gzip' });
  t.equal(gzip.headers['content-encoding'], 'gzip');
  t.equal(gunzipSync(gzip.rawPayload).toString(), SCRIPT);
  t.equal(brotliDecompressSync((await get('/console', { ...HTML, 'accept-encoding': 'br' })).rawPayload).toString(), PAGE);
});

t.test('issue 16: what is not there is 404, and nothing outside the folder is given', async (t) => {
  const missing = [
    '/console/assets/index-00000000.js', '/console/assets/index-Ab12Cd34.js.br', '/console/assets', '/console/assets/', '/console/none.js',
    '/console/../secret.txt', '/console/%2e%2e/secret.txt', '/console/%2e%2e%2fsecret.txt', '/console/assets/..%2f..%2fsecret.txt', '/console/..%5csecret.txt', '/console/index.html%00',
  ];
  for (const url of missing) {
    const answer = await get(url);
    t.equal(answer.statusCode, 404, url);
    t.match(answer.headers['content-type'], /problem\+json/, url);
  }
  t.equal((await get('/console/assets/index-00000000.js', HTML)).statusCode, 404, 'an old file asked for by a browser is not the page');
  t.notMatch((await get('/console/../secret.txt', HTML)).body, /not for the world/);
  t.equal((await app.inject({ method: 'POST', url: '/console' })).statusCode, 405);
});

t.test('issue 16: without a built console it is said how to get one; CONSOLE=off has no such route', async (t) => {
  const without = await createTestApp({ surfaces: ['audit'], config: { consoleFolder: join(folder, 'none') } });
  const off = await createTestApp({ surfaces: ['audit'] });
  t.teardown(async () => {
    await without.close();
    await off.close();
  });
  for (const url of ['/console', '/console/payments']) {
    const answer = await without.app.inject({ url, headers: HTML });
    t.match([answer.statusCode, answer.json()], [404, { code: 'console-not-built', detail: /npm run build/ }]);
    t.match((await off.app.inject({ url, headers: HTML })).json(), { status: 404, code: 'no-such-route' });
  }
});

t.test('a folder that is built while the program runs is taken at the next start', async (t) => {
  const later = join(folder, 'later');
  const before = await createTestApp({ surfaces: ['audit'], config: { consoleFolder: later } });
  t.teardown(before.close);
  await cp(built, later, { recursive: true });
  t.equal((await before.app.inject({ url: '/console', headers: HTML })).statusCode, 404);
  const after = await createTestApp({ surfaces: ['audit'], config: { consoleFolder: later } });
  t.teardown(after.close);
  t.equal((await after.app.inject({ url: '/console', headers: HTML })).statusCode, 200);
});
