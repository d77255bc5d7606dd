import t, { type Test } from 'tap';
import { oneTimeCode } from '../../src/commands/accounts/one-time-code.js';
import type { GoogleSignIn } from '../../src/config.js';
import type { OtpPurpose } from '../../src/domain/otp/events.js';
import { googleAt } from '../fixtures/google.js';
import { createTestApp, type TestApp } from '../fixtures/test-app.js';
import { Browser, type Page } from './browser.js';
import { freePort } from './free-port.js';
import { CLIENT, OpenIdProvider } from './openid-provider.js';

interface World {
  readonly app: TestApp;
  readonly openId: OpenIdProvider;
  readonly url: string;
  readonly logged: string[];
  post(path: string, payload: object, token?: string): Promise<{ status: number; body: Record<string, unknown> }>;
  codeOf(accountId: string, purpose: OtpPurpose): Promise<string>;
}

const newWorld = async (t: Test, changes: Partial<GoogleSignIn> = {}): Promise<World> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const callbackUrl = `${url}/auth/google/callback`;
  const openId = await OpenIdProvider.start(callbackUrl);
  const google = googleAt(openId.issuer, {
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    callbackUrl,
    authorizeUrl: `${openId.issuer}/auth`,
    userinfoUrl: `${openId.issuer}/me`,
    timeoutMs: 3_000,
    ...changes,
  });
  const logged: string[] = [];
  const app = await createTestApp({ surfaces: ['marketplace'], config: { google, logLevel: 'info' }, logStream: { write: (line) => void logged.push(line) } });
  await app.app.listen({ port, host: '127.0.0.1' });
  t.teardown(async () => {
    await app.close();
    await openId.stop();
  });
  openId.people.set('g-1', { email: 'Ada@Example.com', email_verified: true, name: 'Ada\nLovelace', picture: 'https://pictures.example/ada.png' });
  openId.signsIn = 'g-1';
  return {
    app,
    openId,
    url,
    logged,
    post: async (path, payload, token) => {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(payload) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    codeOf: async (accountId, purpose) => {
      const issued = (await app.events(`otp-${purpose}.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
      if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
      return oneTimeCode(app.services.commands.keys, issued.data.otpId);
    },
  };
};

const signIn = ({ url }: World, browser = new Browser()): Promise<Page> => browser.open(`${url}/auth/google`);
/** The URL of the callback with which the provider sends the browser back. */
const goThere = async ({ url }: World, browser: Browser): Promise<URL> => new URL((await browser.open(`${url}/auth/google`, `${url}/auth/google/callback`)).url);
const userOf = ({ body }: Page): Record<string, unknown> => body['user'] as Record<string, unknown>;
const count = async ({ app }: World, type: string): Promise<number> => (await app.events()).filter((event) => event.type === type).length;
const changed = (url: URL, changes: Readonly<Record<string, string>>): string => {
  const other = new URL(url);
  for (const [name, value] of Object.entries(changes)) other.searchParams.set(name, value);
  return other.href;
};

t.test('somebody new signs in, chooses a role, and is the same person the next time', async (t) => {
  const world = await newWorld(t);
  const browser = new Browser();
  const first = await signIn(world, browser);
  t.equal(first.status, 200);
  t.match(first.body, { tokenType: 'Bearer', accessToken: String, refreshToken: String });
  const user = userOf(first);
  t.match(user, { name: 'Ada Lovelace', email: 'Ada@Example.com', emailVerified: true, role: null, isOAuthUser: true, imageProfileUrl: 'https://pictures.example/ada.png' });
  t.same(browser.cookiesOf(world.url), ['refreshToken'], 'the cookies of the sign-in are gone');

  const chosen = await world.post('/auth/complete-registration', { role: 'instructor' }, String(first.body['accessToken']));
  t.match(chosen, { status: 200, body: { user: { role: 'instructor' } } });

  world.openId.people.set('g-1', { email: 'ada@married.example', email_verified: false, name: 'Ada King' });
  const second = await signIn(world);
  t.match(userOf(second), { id: user['id'], email: 'Ada@Example.com', role: 'instructor' }, 'though the address at the provider is another one');
  t.equal(await count(world, 'AccountRegistered'), 1);
});

t.test('the browser is sent with state, nonce and a challenge, which it keeps in http-only cookies', async (t) => {
  const { url, openId } = await newWorld(t);
  const answer = await fetch(`${url}/auth/google`, { redirect: 'manual' });
  t.equal(answer.status, 302);
  const there = new URL(answer.headers.get('location') ?? '');
  t.equal(`${there.origin}${there.pathname}`, `${openId.issuer}/auth`);
  t.match(Object.fromEntries(there.searchParams), {
    response_type: 'code', client_id: CLIENT.id, scope: 'openid email profile', redirect_uri: `${url}/auth/google/callback`,
    code_challenge_method: 'S256', code_challenge: /^[\w-]{43}$/, state: /^[\w-]{43}$/, nonce: /^[\w-]{43}$/,
  });
  const cookies = answer.headers.getSetCookie();
  t.equal(cookies.length, 2);
  for (const cookie of cookies) t.match(cookie, /; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
});

t.test('nobody comes back with another’s state, or in another browser', async (t) => {
  const world = await newWorld(t);
  const browser = new Browser();
  const back = await goThere(world, browser);
  const invalid = { status: 400, body: { code: 'oauth-state-invalid' } };
  t.match(await browser.open(changed(back, { state: 'another' })), invalid);
  t.match(await browser.open(changed(back, { state: '' })), invalid);
  t.match(await new Browser().open(back.href), invalid);
  t.match(await new Browser().open(`${world.url}/auth/google/callback`), invalid);
  t.equal(await count(world, 'AccountRegistered'), 0);
  t.match(await browser.open(back.href), { status: 200 }, 'and the right one still may');
});

t.test('a code is good once, and in the browser that it was made for', async (t) => {
  const world = await newWorld(t);
  const browser = new Browser();
  const back = await goThere(world, browser);
  const thief = browser.copy();
  t.match(await browser.open(back.href), { status: 200 });
  t.match(await browser.open(back.href), { status: 400, body: { code: 'oauth-state-invalid' } }, 'the state is used up');
  t.match(await thief.open(back.href), { status: 401, body: { code: 'sign-in-refused', detail: /invalid_grant/ } }, 'and so is the code');

  const victim = new Browser();
  const own = await goThere(world, victim);
  const stolen = (await goThere(world, new Browser())).searchParams.get('code') ?? '';
  t.match(await victim.open(changed(own, { code: stolen })), { status: 401, body: { code: 'sign-in-refused' } }, 'PKCE');
  t.equal(await count(world, 'SessionOpened'), 1);
});

t.test('an address that is not verified, here or there, links nothing', async (t) => {
  const world = await newWorld(t);
  const registered = await world.post('/auth/register', { name: 'Ada', email: 'ada@example.com', password: 'correct horse' });
  t.match(await signIn(world), { status: 409, body: { code: 'identity-email-not-verified', detail: /new password/ } });
  const accountId = String(registered.body['id']);
  await world.post('/auth/verify-email', { email: 'ada@example.com', otp: await world.codeOf(accountId, 'email_verification') });
  world.openId.people.set('g-2', { email: 'ada@example.com', email_verified: false });
  world.openId.signsIn = 'g-2';
  t.match(await signIn(world), { status: 403, body: { code: 'provider-email-not-verified' } });
  world.openId.signsIn = 'g-1';
  const linked = await signIn(world);
  t.match(userOf(linked), { id: accountId, isOAuthUser: false, role: 'student' }, 'with both sides verified it is the account that was there');
  t.match(await world.post('/auth/login', { email: 'ada@example.com', password: 'correct horse' }), { status: 200 });
  world.openId.people.set('g-2', { email: 'ada@example.com', email_verified: true });
  world.openId.signsIn = 'g-2';
  t.match(await signIn(world), { status: 409, body: { code: 'identity-already-linked' } });
  t.equal(await count(world, 'ExternalIdentityLinked'), 1);
});

t.test('two-factor is asked for, and its code gives the tokens', async (t) => {
  const world = await newWorld(t);
  const first = await signIn(world);
  const token = String(first.body['accessToken']);
  const accountId = String(userOf(first)['id']);
  t.match(await world.post('/auth/enable-2fa', {}, token), { status: 201 });
  t.match(await world.post('/auth/confirm-2fa', { otp: await world.codeOf(accountId, 'two_factor_change') }, token), { status: 201 });
  const browser = new Browser();
  const asked = await signIn(world, browser);
  t.match(asked, { status: 401, body: { code: 'second-factor-required' } });
  t.notMatch(asked.text, /token/i);
  t.same(browser.cookiesOf(world.url), []);
  const code = await world.codeOf(accountId, 'second_factor');
  const opened = await world.post('/otp/verify', { email: 'ada@example.com', code, purpose: 'login_verification' });
  t.match(opened, { status: 201, body: { accessToken: String, user: { id: accountId } } });
});

t.test('who does not consent gets a clear answer', async (t) => {
  const world = await newWorld(t);
  world.openId.denies = true;
  t.match(await signIn(world), { status: 401, body: { code: 'sign-in-refused', detail: /access_denied/ } });
});

t.test('with OAUTH_SUCCESS_URL the browser goes to the page, with a cookie and no token in the URL', async (t) => {
  const page = 'http://127.0.0.1:9/welcome?from=google';
  const world = await newWorld(t, { successUrl: page });
  const browser = new Browser();
  const arrived = await browser.open(`${world.url}/auth/google`, 'http://127.0.0.1:9/');
  t.equal(arrived.url, page);
  t.same(browser.cookiesOf(world.url), ['refreshToken']);
  world.openId.denies = true;
  const refused = await new Browser().open(`${world.url}/auth/google`, 'http://127.0.0.1:9/');
  t.equal(refused.url, `${page}&error=sign-in-refused`);
});

t.test('neither log lines nor events have what a sign-in is authorized by', async (t) => {
  const world = await newWorld(t);
  const browser = new Browser();
  const back = await goThere(world, browser);
  await browser.open(back.href);
  await new Browser().open(back.href);
  const told = [...world.logged, JSON.stringify(await world.app.events(), (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))].join('\n');
  t.match(told, /auth\/google\/callback/);
  for (const name of ['code', 'state']) t.notOk(told.includes(back.searchParams.get(name) ?? 'none'), name);
  t.notOk(told.includes(CLIENT.secret));
  t.notOk(world.logged.join().includes('g-1'));
});
