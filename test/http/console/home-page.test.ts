import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';
import { prefersHtml } from '../../../src/http/shared/prefers-html.js';

const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8' };

t.test('issue 16: a browser at / finds console, API pages and health; others find no route, as ever', async (t) => {
  const test = await createTestApp({ surfaces: ['audit'], config: { consoleFolder: '/nowhere' } });
  t.teardown(test.close);
  const { app } = test;
  const page = await app.inject({ url: '/', headers: HTML });
  t.equal(page.statusCode, 200);
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', vary: 'Accept', 'content-security-policy': /^default-src 'none'; style-src 'sha256-/ });
  const links = [...page.body.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
  t.same(links, ['/console', '/health', ...['marketplace', 'authentication', 'users', 'edupro', 'academy', 'audit', 'analytics', 'operations'].map((name) => `/docs/${name}`), '/docs', '/docs/json']);
  for (const link of links.slice(1)) t.ok((await app.inject({ url: link })).statusCode < 400, link);
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json, text/html;q=0.5' }]) {
    const answer = await app.inject({ url: '/', headers });
    t.match([answer.statusCode, answer.json()], [404, { code: 'no-such-route', detail: 'Nothing answers GET /.' }]);
  }
  t.match((await app.inject({ method: 'POST', url: '/', headers: HTML })).json(), { status: 404, code: 'no-such-route' });
  t.equal((await app.inject({ url: '/nothing', headers: HTML })).statusCode, 404);
});

t.test('issue 16: the page links no API pages that are closed', async (t) => {
  for (const config of [{ production: true }, { operationsPort: 9_000 }]) {
    const { app, close } = await createTestApp({ surfaces: ['audit'], config });
    t.teardown(close);
    const { body } = await app.inject({ url: '/', headers: HTML });
    t.match(body, /OPERATIONS_PORT/);
    t.notMatch(body, /href="\/(?:docs|console)/);
  }
});

t.test('what a client prefers stands in its Accept', async (t) => {
  const wants: readonly (readonly [string | undefined, boolean])[] = [
    [undefined, false], ['', false], ['*/*', false], ['text/html', true], ['TEXT/HTML;q=0.5', true], ['text/html;q=0', false], ['text/html;q=x', true],
    ['application/json,text/html', true], ['application/problem+json, text/html;q=0.9', false], ['application/xhtml+xml', true], [`${'a/b,'.repeat(500)}text/html`, false],
  ];
  for (const [accept, wanted] of wants) t.equal(prefersHtml(accept), wanted, String(accept).slice(0, 60));
});
