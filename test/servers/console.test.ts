import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import t from 'tap';
import { newestCode } from '../../scripts/demo-outbox.js';
import { call } from './journey/client.js';
import { startConsoleProgram } from './console/console-program.js';
import { palettePng } from './console/palette-png.js';
import { SeededShop } from './console/seeded-shop.js';
import { axeFindings, ConsoleVisitor, launchChromium, overflowOf, type Looks } from './console/visitor.js';

t.setTimeout(600_000);
const program = await startConsoleProgram(t);
const browser: Browser = await launchChromium(t);
const { url } = program;
const shop = await SeededShop.open(url);
const plain = await shop.purchase();
const withCode = await shop.purchase(shop.shop.half);
await shop.refund(withCode, 5);
const signed = await shop.sign();

/** Answers of the server that somebody on it has changed. */
const changing = async (page: Page, address: string, change: (text: string) => string): Promise<void> => {
  await page.route(address, async (route: Route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(await answer.text()) });
  });
};

const come = (looks: Looks = {}): Promise<ConsoleVisitor> => ConsoleVisitor.come(browser, url, looks);

t.test('issue 16.2: a sign-in leads to the address that was asked for, is kept by a cookie alone, and ends', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.open(`/payments/${plain}?revision=1`);
  await visitor.signIn('nobody@example.com');
  await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
  await visitor.signIn(shop.admin.email);
  await page.getByRole('heading', { level: 1, name: `Payment ${plain}` }).waitFor();
  await page.getByRole('heading', { name: /^Payment capture requested/ }).waitFor();
  t.equal(await page.title(), `Payment ${plain} – Registrar console`);

  await page.reload();
  await page.getByRole('heading', { level: 1, name: `Payment ${plain}` }).waitFor();
  const kept: string = await page.evaluate('JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])');
  t.notMatch(kept, /eyJ|refreshToken/, 'no script can read a token');

  await page.getByRole('link', { name: 'Coupons' }).click();
  await page.getByRole('heading', { level: 1, name: 'Coupons' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: `Payment ${plain}` }).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  t.same(visitor.complaints, [], 'the policy of the page is kept');
  await visitor.leave();
});

t.test('issue 16.2: an account with a second factor needs the code from the mail', async (t) => {
  const { token, email } = await shop.shop.signUp('zoe', 'admin');
  const outboxCode = async (): Promise<string> => (await newestCode(program.outbox, email)) ?? '';
  await call(url, { method: 'POST', path: '/auth/verify-email', body: { email, otp: await outboxCode() } });
  await call(url, { method: 'POST', path: '/auth/enable-2fa', token });
  let [confirmed, code] = [0, ''];
  for (let tries = 0; tries < 50 && confirmed !== 201; tries += 1) {
    code = await outboxCode();
    confirmed = (await call(url, { method: 'POST', path: '/auth/confirm-2fa', token, body: { otp: code } })).status;
    if (confirmed !== 201) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  t.equal(confirmed, 201);
  const visitor = await come();
  await visitor.open('/');
  await visitor.signIn(email);
  const field = visitor.page.getByLabel('Code from the mail');
  await field.waitFor();
  let next = code;
  for (let tries = 0; tries < 50 && next === code; tries += 1) {
    next = await outboxCode();
    if (next === code) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await field.fill(next);
  await visitor.page.getByRole('button', { name: 'Sign in' }).click();
  await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  t.same(visitor.complaints, []);
  await visitor.leave();
});

t.test('issue 16.2: roles decide what is there', async (t) => {
  const linksOf = async (email: string): Promise<readonly string[]> => {
    const visitor = await come();
    await visitor.openAs(email, '/payments');
    await visitor.page.getByRole('heading', { level: 1 }).waitFor();
    const links = await visitor.page.getByRole('navigation', { name: 'Views' }).getByRole('link').allTextContents();
    const [heading = ''] = await visitor.page.getByRole('heading', { level: 1 }).allTextContents();
    await visitor.leave();
    return [...links, heading];
  };
  t.same(await linksOf(shop.auditor.email), ['Overview', 'Payments', 'Coupons', 'Streams', 'Payments']);
  t.same((await linksOf(shop.instructor.email)).filter((text) => text !== 'Overview'), ['Not for this account']);
  t.same(await linksOf(shop.student.email), ['Not for this account']);
});

t.test('issue 16.2: the overview shows the figures, and a purchase as it happens', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.openAs(shop.admin.email, '/');
  const net = page.getByRole('row', { name: /^Net USD \d/ });
  await net.filter({ hasText: '55.00' }).waitFor();
  await page.getByRole('link', { name: shop.shop.half }).waitFor();
  await page.getByText('live', { exact: true }).waitFor();

  const bought = await shop.purchase();
  await page.getByRole('listitem').filter({ hasText: 'purchase' }).getByRole('link', { name: 'payment' }).waitFor();
  await net.filter({ hasText: '95.00' }).waitFor();
  t.equal(await page.locator(`a[href$="/payments/${bought}"]`).count(), 1);

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download sums (CSV)' }).click()]);
  t.equal(file.suggestedFilename(), 'sums.csv');
  await page.getByRole('button', { name: '7 days' }).click();
  await page.waitForURL(/from=\d{4}-\d\d-\d\d&to=/);
  await page.getByLabel('Zone').selectOption('Asia/Jakarta');
  await page.getByText(/, Asia\/Jakarta$/).first().waitFor();
  t.same(visitor.complaints, []);
  await visitor.leave();
});

t.test('issue 16.2: a payment is found, shown through time, and verified by the browser', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.openAs(shop.auditor.email, `/payments?code=${shop.shop.half.toLowerCase()}`);
  await page.getByRole('link', { name: withCode }).click();
  await visitor.says(`Verified up to checkpoint ${signed}`);
  t.ok((await page.locator('.timeline .mark.good').count()) > 3, 'each event has its own mark');
  await page.getByRole('region', { name: 'In the order of the events' }).getByRole('row', { name: /Payment refunded/ }).filter({ hasText: '5.00 USD' }).waitFor();
  await page.getByRole('region', { name: 'What was sent and written' }).getByRole('row', { name: /Invoice issued/ }).first().waitFor();

  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await page.getByRole('heading', { name: /^Payment opened/ }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('heading', { name: /^Payment capture requested/ }).waitFor();
  t.match(page.url(), /[?&]revision=1$/);

  await page.getByRole('link', { name: shop.shop.half }).first().click();
  await page.getByRole('heading', { level: 1, name: `Coupon ${shop.shop.half}` }).waitFor();
  await visitor.says(`Verified up to checkpoint ${signed}`);
  t.same(visitor.complaints, []);
  await visitor.leave();
});

t.test('issue 16.2: an event that was tampered with is shown as such, and so is another history', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.openAs(shop.auditor.email, `/payments/${plain}`);
  await visitor.says(`Verified up to checkpoint ${signed}`);

  const streams = `**/audit/streams/payment-${plain}*`;
  await changing(page, streams, (text) => text.replaceAll('"amount":"40.00"', '"amount":"4.00"'));
  await page.reload();
  await visitor.says(/^Tampered: \d events? (?:is|are) not what the log held$/);
  await visitor.says(new RegExp(`not what the log held when checkpoint ${signed} was signed`));
  t.ok((await page.locator('.timeline li.broken').count()) > 0, 'the event itself is marked');
  await page.unroute(streams);

  await changing(page, '**/audit/checkpoint', (text) => text.replace(/\n\d+\n/, '\n1\n'));
  await page.reload();
  await visitor.says(/signature of the newest checkpoint does not hold/);
  await page.unroute('**/audit/checkpoint');
  await page.reload();
  await visitor.says(`Verified up to checkpoint ${signed}`);
  await visitor.leave();
});

t.test('issue 16.2: a server that goes away is said to be, and what was shown comes back by itself', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.openAs(shop.admin.email, '/');
  await page.getByText('live', { exact: true }).waitFor();
  const net = page.getByRole('row', { name: /^Net USD \d/ });
  await net.waitFor();
  await program.kill();
  await page.getByText('the server is away; trying again').waitFor();
  t.ok(await net.isVisible(), 'the figures stay');
  await page.getByRole('link', { name: 'Payments' }).click();
  await visitor.says('The server does not answer.');
  await program.start();
  await page.getByRole('link', { name: plain }).waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('live', { exact: true }).waitFor();
  t.same(visitor.complaints, []);
  await visitor.leave();
});

const NARROW = { width: 360, height: 740 };
/** Where the pictures of docs/console.md go: `npm run console:screenshots`. */
const SCREENSHOTS = process.env['CONSOLE_SCREENSHOTS'] ?? '';
const MOST_BYTES = 60_000;
const WIDE = { width: 1_100, height: 800 };

t.test('issue 16.2: axe finds nothing in any view, light and dark, and nothing is wider than 360 pixels', async (t) => {
  const views: readonly (readonly [name: string, path: string, heading: RegExp])[] = [
    ['overview', '/', /^Overview$/],
    ['payments', '/payments?totals=true', /^Payments$/],
    ['payment', `/payments/${withCode}`, /^Payment \S+$/],
    ['coupons', '/coupons', /^Coupons$/],
    ['coupon', `/coupons/${shop.shop.half}`, /^Coupon \S+$/],
    ['streams', '/streams', /^Streams$/],
    ['stream', `/streams/payment-${withCode}`, /^Stream \S+$|payment-/],
    ['operation', '/operation', /^Operation$/],
    ['nothing', '/nowhere', /^Nothing here$/],
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    const visitor = await come({ colorScheme });
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    t.same(await axeFindings(page), [], `sign-in, ${colorScheme}`);
    await visitor.signIn(shop.admin.email);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    for (const [name, path, heading] of views) {
      await visitor.open(path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await visitor.settled();
      t.same(await axeFindings(page), [], `${name}, ${colorScheme}`);
      if (SCREENSHOTS !== '' && name !== 'nothing') {
        const picture = await palettePng(page, await page.screenshot());
        t.ok(picture.length <= MOST_BYTES, `the picture of ${name} is small`);
        await mkdir(SCREENSHOTS, { recursive: true });
        await writeFile(join(SCREENSHOTS, `${name}-${colorScheme}.png`), picture);
      }
      await page.setViewportSize(NARROW);
      t.equal(await overflowOf(page), 0, `${name} at 360 pixels`);
      await page.setViewportSize(WIDE);
    }
    t.same(visitor.complaints, []);
    await visitor.leave();
  }
});

t.test('issue 16.2: with the keyboard alone the content is reached first', async (t) => {
  const visitor = await come();
  const { page } = visitor;
  await visitor.openAs(shop.admin.email, '/payments');
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  t.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content');
  await page.keyboard.press('Enter');
  t.equal(await page.evaluate('document.activeElement.id'), 'main');
  await visitor.leave();
});

