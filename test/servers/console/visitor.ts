import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Test } from 'tap';
import { projectRoot } from '../../project-root.js';
import { PASSWORD } from '../journey/shop.js';
import { until } from '../until.js';

/** What a view is looked at with. */
export interface Looks {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

const PATIENCE_MS = 30_000;
/** A refused sign-in and a server that is away are told there, too; they are what some tests are about. */
const EXPECTED = /Failed to load resource|net::ERR_/;

export const launchChromium = async (t: Test): Promise<Browser> => {
  const { stdout } = await promisify(execFile)(join(projectRoot, 'scripts/servers/chromium.sh'));
  // Its sandbox does not run as root, and it opens pages of this test only.
  const browser = await chromium.launch({ executablePath: stdout.trim(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  t.teardown(() => browser.close());
  return browser;
};

/** Somebody at a browser of his own. */
export class ConsoleVisitor {
  readonly page: Page;
  readonly url: string;
  /** What the browser complained about: a policy that was broken, a script that failed. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) this.complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => void this.complaints.push(message));
  }

  static async come(browser: Browser, url: string, looks: Looks = {}): Promise<ConsoleVisitor> {
    const options: BrowserContextOptions = { viewport: { width: 1_100, height: 800 }, timezoneId: 'UTC', locale: 'en-GB', acceptDownloads: true, ...looks };
    const context = await browser.newContext(options);
    return new ConsoleVisitor(await context.newPage(), url);
  }

  /** An address below /console. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}/console${path}`);
  }

  async signIn(email: string): Promise<void> {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Opens an address as somebody; the session stays for the addresses after it. */
  async openAs(email: string, path: string): Promise<void> {
    await this.open(path);
    await this.signIn(email);
    await this.page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  /** Until nothing is on its way any more. */
  async settled(): Promise<void> {
    const underWay = this.page.locator('.loading, [aria-busy="true"], .verification progress');
    await until(async () => (await underWay.count()) === 0);
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const axeSource = (): Promise<string> => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in the page, by the rules of WCAG 2.2 AA and good practice. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  // By the debugger, as which no policy of the page holds it back.
  await page.evaluate(await axeSource());
  const violations: readonly Violation[] = await page.evaluate('axe.run(document).then(({ violations }) => violations)');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replaceAll('\n', ' ')}`));
};

/** By how many pixels the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
