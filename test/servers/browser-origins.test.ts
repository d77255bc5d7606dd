import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { projectRoot } from '../project-root.js';
import { freePort } from './free-port.js';
import { Shop } from './journey/shop.js';
import { startProgram } from './one-process.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the page gets to see. */
type Seen =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly refused: string };

/** An empty page of an origin of its own. */
const pageServer = async (t: Test, port: number): Promise<string> => {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>shop</title>'));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return `http://127.0.0.1:${port}`;
};

/** By `fetch` of the page, so that the browser asks before and hides what it may not show. */
const asks = (page: Page, { method, url, headers = {}, body }: Asked): Promise<Seen> =>
  page.evaluate(
    async (asked): Promise<Seen> => {
      try {
        const answer = await fetch(asked.url, { method: asked.method, headers: asked.headers, credentials: 'include', body: asked.body });
        return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
      } catch (error) {
        return { refused: String(error) };
      }
    },
    { method, url, headers, body: body ?? null },
  );

const json = { 'content-type': 'application/json' };

/** The program, which lets pages of `allowed` in, and a browser. */
const opened = async (t: Test) => {
  const [listed, other] = [await pageServer(t, await freePort()), await pageServer(t, await freePort())];
  const url = await startProgram(t, { CORS_ORIGINS: `https://elsewhere.example,${listed}` });
  const { stdout } = await promisify(execFile)(join(projectRoot, 'scripts/servers/chromium.sh'));
  // Its sandbox does not run as root, and it opens pages of this test only.
  const browser = await chromium.launch({ executablePath: stdout.trim(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  t.teardown(() => browser.close());
  const at = async (origin: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(origin);
    return page;
  };
  return { url, listed: await at(listed), other: await at(other) };
};

t.test('issue 9.30: a page of CORS_ORIGINS changes things in a real browser, and reads every answer', async (t) => {
  const { url, listed, other } = await opened(t);
  const shop = await Shop.open([url], 1);
  const { token: student } = await shop.signUp('sam', 'student');
  const { token: admin } = await shop.admin();
  const course = `${url}/courses/${shop.courses[0]}`;
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const change: Asked = { method: 'PATCH', url: course, headers: { ...as(admin), ...json, 'idempotency-key': 'page-1' }, body: '{"title":"Knots"}' };

  const patched = await asks(listed, change);
  t.match(patched, { status: 200, body: /"title":"Knots"/, headers: { 'x-request-id': /./, 'x-position': /^\d+$/ } });
  t.match(await asks(listed, change), { status: 200, headers: { 'idempotency-replayed': 'true' } });
  const position = 'headers' in patched ? (patched.headers['x-position'] ?? '') : '';
  t.match(await asks(listed, { method: 'GET', url: course, headers: { 'x-min-position': position } }), { status: 200, body: /"title":"Knots"/ });
  const address = '{"country":"DE","city":"Berlin","address1":"Hauptstr. 1","zipCode":10115,"addressType":"Home"}';
  const put: Asked = { method: 'PUT', url: `${url}/api/v2/user/update-user-addresses`, headers: { ...as(student), ...json }, body: address };
  t.match(await asks(listed, put), { status: 200, body: /"success":true/ });
  t.match(await asks(listed, { method: 'DELETE', url: `${url}/cart`, headers: as(student) }), { status: 200 });

  const refusals: readonly (readonly [number, Asked, RegExp])[] = [
    [401, { method: 'DELETE', url: `${url}/cart` }, /"code":"unauthenticated"/],
    [401, { method: 'PATCH', url: course, headers: { ...as('of.bad.news'), ...json }, body: '{}' }, /"status":401/],
    [403, { ...change, headers: { ...as(student), ...json } }, /"status":403/],
    [404, { method: 'PUT', url: `${url}/nowhere` }, /"code":"no-such-route"/],
    [405, { method: 'DELETE', url: `${url}/auth/login` }, /"code":"method-not-allowed"/],
    [400, { ...change, body: '{' }, /"code":"malformed-json"/],
    [400, { method: 'GET', url: `${url}/courses/%ff`, headers: as(student) }, /"status":400/],
    [400, { method: 'DELETE', url: `${url}/courses/%zz`, headers: as(student) }, /"status":400/],
    [414, { method: 'GET', url: `${url}/courses/${'x'.repeat(600)}`, headers: as(student) }, /"status":414/],
    [413, { ...change, body: `"${'x'.repeat(1_200_000)}"` }, /"status":413/],
    [415, { ...change, headers: { ...as(admin), 'content-type': 'text/xml' } }, /"status":415/],
  ];
  for (const [status, asked, body] of refusals) {
    t.match(await asks(listed, asked), { status, body, headers: { 'x-request-id': /./ } }, `${status} ${asked.method} ${asked.url.slice(url.length, url.length + 20)}`);
  }

  t.match(await asks(other, { ...change, headers: { ...as(admin), ...json }, body: '{"title":"Stolen"}' }), { refused: /Failed to fetch/ });
  t.match(await asks(other, { method: 'GET', url: course }), { refused: /Failed to fetch/ });
  t.match(await asks(listed, { method: 'GET', url: course }), { status: 200, body: /"title":"Knots"/ }, 'nothing was changed');
});
