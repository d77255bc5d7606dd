import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { googleAt } from '../../fixtures/google.js';
import { createTestApp } from '../../fixtures/test-app.js';

type Answering = (response: ServerResponse) => unknown;
type Query = Readonly<Record<string, string>>;

const json =
  (body: unknown, status = 200): Answering =>
  (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** What a test has the provider answer. A real one is in test/servers. */
let token: Answering = json({});
let userinfo: Answering = json({});
let sent: { authorization?: string | undefined; body: string } = { body: '' };
const server: Server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    if (request.url === '/userinfo') return void userinfo(response);
    sent = { authorization: request.headers.authorization, body };
    token(response);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const logged: string[] = [];
const open = (timeoutMs: number) =>
  createTestApp({ surfaces: ['marketplace'], config: { google: googleAt(issuer, { timeoutMs }), logLevel: 'warn' }, logStream: { write: (line) => void logged.push(line) } });
const app = await open(20_000);
/** For a provider that does not answer: the other one would wait long. */
const hasty = await open(200);
t.teardown(async () => {
  await app.close();
  await hasty.close();
  server.closeAllConnections();
  server.close();
});

/** As a browser that went to the provider. */
const begun = async (from = app) => {
  const answer = await from.inject({ url: '/auth/google' });
  const query: Query = Object.fromEntries(new URL(answer.headers.location ?? '').searchParams);
  const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
  return { query, back: (more: Query = { code: 'code-1' }) => from.inject({ url: '/auth/google/callback', query: { state: query['state'] ?? '', ...more }, cookies }) };
};
const idToken = (claims: object): string => ['', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
const right = ({ nonce = '' }: Query) => ({ iss: issuer, aud: 'client-1', exp: Math.floor(Date.now() / 1_000) + 60, nonce, sub: 'g-1' });
const tokens = (claims: object): Answering => json({ access_token: 'access-1', token_type: 'Bearer', id_token: idToken(claims) });
const person = { sub: 'g-1', email: 'ada@example.com', email_verified: true, name: 'Ada' };

t.test('without configuration both routes say what to set', async (t) => {
  const plain = await createTestApp({ surfaces: ['marketplace'] });
  t.teardown(() => plain.close());
  for (const url of ['/auth/google', '/auth/google/callback?code=a&state=b']) {
    t.match((await plain.inject({ url })).json(), { status: 503, code: 'google-not-configured', detail: /GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET/ }, url);
  }
});

t.test('code, verifier and secret go to the token endpoint, and the answer is that of a log-in', async (t) => {
  const { query, back } = await begun();
  token = tokens(right(query));
  userinfo = json(person);
  const answer = await back();
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { accessToken: String, user: { email: 'ada@example.com', role: null } });
  t.match(Object.fromEntries(new URLSearchParams(sent.body)), { grant_type: 'authorization_code', code: 'code-1', redirect_uri: 'http://localhost:8000/auth/google/callback', code_verifier: /^[\w-]{43}$/ });
  t.match(sent.authorization, /^Basic /);
});

t.test('Google’s own tokens may name their issuer without https', async (t) => {
  const named = await createTestApp({ surfaces: ['marketplace'], config: { google: googleAt(issuer, { timeoutMs: 20_000, issuer: 'https://accounts.google.com' }) } });
  t.teardown(() => named.close());
  const started = await named.inject({ url: '/auth/google' });
  const query: Query = Object.fromEntries(new URL(started.headers.location ?? '').searchParams);
  token = tokens({ ...right(query), iss: 'accounts.google.com', aud: ['client-1'], azp: 'client-1' });
  userinfo = json(person);
  const cookies = Object.fromEntries(started.cookies.map(({ name, value }) => [name, value]));
  t.equal((await named.inject({ url: '/auth/google/callback', query: { state: query['state'] ?? '', code: 'c' }, cookies })).statusCode, 200);
});

const refusals: readonly (readonly [what: string, status: number, code: string, token: (query: Query) => Answering, userinfo?: Answering])[] = [
  ['a code that was used', 401, 'sign-in-refused', () => json({ error: 'invalid_grant', error_description: 'a secret' }, 400)],
  ['a client that is not known', 502, 'provider-refused', () => json({ error: 'invalid_client', error_description: 'a secret' }, 401)],
  ['an error that is no code', 502, 'provider-refused', () => json({ error: 'a secret <b>' }, 400)],
  ['an outage', 503, 'provider-unavailable', () => json({ error: 'server_error' }, 500)],
  ['a page in place of tokens', 503, 'provider-unavailable', () => (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['an endless answer', 503, 'provider-unavailable', () => json({ access_token: 'a'.repeat(100_000) })],
  ['a broken connection', 503, 'provider-unavailable', () => (response) => response.destroy()],
  ['no answer', 503, 'provider-unavailable', () => () => undefined],
  ['no id token', 502, 'provider-answer-invalid', () => json({ access_token: 'access-1' })],
  ['an id token that is none', 502, 'provider-answer-invalid', () => json({ access_token: 'access-1', id_token: 'a.b.c' })],
  ['an id token of another issuer', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), iss: 'https://accounts.google.com' })],
  ['an id token for another client', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), aud: ['client-2'] })],
  ['an id token that another client asked for', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), aud: ['client-1', 'client-2'], azp: 'client-2' })],
  ['an id token that has run out', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), exp: 1 })],
  ['an id token of another sign-in', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), nonce: 'another' })],
  ['a person without a name there', 502, 'provider-answer-invalid', (query) => tokens({ ...right(query), sub: '' })],
  ['userinfo of another person', 502, 'provider-answer-invalid', (query) => tokens(right(query)), json({ ...person, sub: 'g-2' })],
  ['userinfo that is refused', 502, 'provider-answer-invalid', (query) => tokens(right(query)), json({}, 403)],
  ['userinfo that is out', 503, 'provider-unavailable', (query) => tokens(right(query)), json({}, 502)],
  ['userinfo that is no JSON', 502, 'provider-answer-invalid', (query) => tokens(right(query)), (response) => response.end('<html>')],
  ['userinfo without an end', 502, 'provider-answer-invalid', (query) => tokens(right(query)), (response) => response.end('a'.repeat(100_000))],
  ['userinfo that leads elsewhere', 503, 'provider-unavailable', (query) => tokens(right(query)), (response) => response.writeHead(302, { location: '/token' }).end()],
  ['userinfo that does not come', 503, 'provider-unavailable', (query) => tokens(right(query)), () => undefined],
  ['userinfo that stops half-way', 503, 'provider-unavailable', (query) => tokens(right(query)), (response) => response.writeHead(200).write('{')],
  ['an address that is not verified', 403, 'provider-email-not-verified', (query) => tokens({ ...right(query), sub: 'g-9' }), json({ ...person, sub: 'g-9', email_verified: 'true' })],
  ['an address that is none', 403, 'provider-email-not-verified', (query) => tokens({ ...right(query), sub: 'g-9' }), json({ ...person, sub: 'g-9', email: 'ada' })],
];

for (const [what, status, code, tokenOf, info = json(person)] of refusals) {
  t.test(`${what}: ${status}`, async (t) => {
    const { query, back } = await begun(status === 503 ? hasty : app);
    token = tokenOf(query);
    userinfo = info;
    const answer = await back();
    t.match(answer.json(), { status, code });
    t.notMatch(answer.body, /a secret|between the two|access-1/);
    t.equal(answer.cookies.find(({ name }) => name === 'refreshToken'), undefined);
  });
}

t.test('the browser must bring a code, or the reason why there is none', async (t) => {
  const { back } = await begun();
  t.match((await back({})).json(), { status: 400, errors: [{ field: 'code' }] });
  t.match((await back({ error: 'access_denied' })).json(), { status: 401, code: 'sign-in-refused', detail: /access_denied/ });
  t.match((await back({ error: '<script>' })).json(), { detail: 'Google did not let you sign in. Begin again with GET /auth/google.' });
  t.equal((await app.inject({ url: '/auth/google/callback', query: { code: 'code-1', state: 'state-1' } })).json<{ code: string }>().code, 'oauth-state-invalid');
});

t.test('in production no other host of the domain can plant the cookies', async (t) => {
  const production = await createTestApp({ surfaces: ['marketplace'], config: { google: googleAt(issuer), production: true } });
  t.teardown(() => production.close());
  const { cookies } = await production.inject({ url: '/auth/google' });
  t.equal(cookies.length, 2);
  for (const cookie of cookies) t.match(cookie, { name: /^__Host-/, path: '/', secure: true, httpOnly: true });
});

t.test('what a person is called there becomes one line, and a picture a link of http', async (t) => {
  const { query, back } = await begun();
  token = tokens({ ...right(query), sub: 'g-3' });
  userinfo = json({ sub: 'g-3', email: 'bo@example.com', email_verified: true, name: ` B\u0000\u2028o ${'x'.repeat(300)}`, picture: 'javascript:alert(1)' });
  const { user } = (await back()).json<{ user: { name: string; imageProfileUrl: string | null } }>();
  t.match(user.name, /^B o x+$/);
  t.equal(user.name.length, 200);
  t.equal(user.imageProfileUrl, null);
});

t.test('the log says what went wrong and nothing that is secret', async (t) => {
  const all = logged.join('\n');
  t.match(all, /invalid_client/);
  t.notMatch(all, /a secret|between the two|access-1|code-1/);
});
