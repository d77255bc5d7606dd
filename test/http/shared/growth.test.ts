import type { RouteOptions } from 'fastify';
import t from 'tap';
import { wordsOf } from '../../../src/adapters/embedded/read-models/text-words.js';
import { normaliseEmail } from '../../../src/domain/account/email.js';
import { partsOfName } from '../../../src/domain/account/full-name.js';
import { comparable } from '../../../src/domain/account/identifiers.js';
import { assertUnicode, type RequestHead } from '../../../src/http/plugins/unicode-requests.js';
import { shownUrl } from '../../../src/http/plugins/shown-url.js';
import { isEmail } from '../../../src/http/shared/email-format.js';
import { endOf } from '../../../src/http/shared/instants.js';
import { isSmall, refusalOfJson } from '../../../src/http/shared/json-shape.js';
import { oneLine } from '../../../src/cli/one-line.js';
import { mailTemplate } from '../../../src/workers/mails/templates/template.js';
import { growsTooFast, isQuadratic, type Work } from '../../fixtures/growth.js';
import { walked } from '../../fixtures/schema-walk.js';
import { createTestApp } from '../../fixtures/test-app.js';

const seeds = ['a', ' ', '\n', '-', '.', '0', '_', '@', '%', '%40', '%e9', '=', '&a=', '?', '/', '"', ';', '; charset', ';charset =', '\\ud8', 'a@', 'a.', 'a-', 'a@b.', 'a@b-', 'http://', 'é', '\u0301\u0316', '[', '{"a":', '<', 'Ab1 '];
const endings = ['', '\u0000', '!', '@'];

const request = (parts: Partial<RequestHead>): RequestHead => ({ url: '/', raw: { rawHeaders: [] }, headers: {}, ...parts });
const mail = mailTemplate<{ text: string }>({ subject: '<%= it.text %>', text: '<%= it.text %>', html: '<%= it.text %>' });

const works: Readonly<Record<string, Work>> = {
  shownUrl,
  isEmail,
  normaliseEmail,
  partsOfName,
  phone: (number) => comparable('phone', { phone: { countryCode: number, number } }),
  wordsOf,
  endOf: (text) => endOf('at', text),
  isSmall: (text) => isSmall([text, [...text]]),
  refusalOfJson: (text) => refusalOfJson(text, [text, [...text]]),
  url: (url) => assertUnicode(request({ url })),
  header: (value) => assertUnicode(request({ raw: { rawHeaders: ['a', value] } })),
  contentType: (type) => assertUnicode(request({ headers: { 'content-type': `application/json${type}` } })),
  oneLine,
  mail: (text) => mail({ text }),
};

for (const [name, work] of Object.entries(works)) {
  t.test(`issue 9.3: the work of ${name} grows like its input`, async (t) => {
    t.same(growsTooFast(work, seeds, endings), []);
  });
}

t.test('issue 9.3: no pattern of a request takes more than linear time', async (t) => {
  const routes: RouteOptions[] = [];
  const app = await createTestApp({ onRoute: (route) => void routes.push(route) });
  t.teardown(() => app.close());
  const schemas = routes.flatMap(({ schema }) => [schema?.body, schema?.querystring, schema?.params, schema?.headers]);
  const patterns = new Set(
    schemas.flatMap((schema) =>
      walked({ name: '', schema }).flatMap(({ schema: part }): string[] => {
        if (typeof part !== 'object' || part === null) return [];
        const named = 'patternProperties' in part && typeof part.patternProperties === 'object' ? Object.keys(part.patternProperties ?? {}) : [];
        return 'pattern' in part && typeof part.pattern === 'string' ? [...named, part.pattern] : named;
      }),
    ),
  );
  t.ok(patterns.size >= 5, `${patterns.size} patterns`);
  for (const pattern of patterns) {
    const expression = new RegExp(pattern, 'u');
    t.same(growsTooFast((text) => expression.test(text), seeds, endings), [], pattern);
  }
});

t.test('issue 9.3: the measure finds quadratic work', async (t) => {
  const old = /[^/?&=]+(?:@|%40)[^/?&=]+/gi;
  const text = (length: number): string => 'x'.repeat(length);
  const work: Work = (url) => url.replaceAll(old, '');
  t.ok(isQuadratic(work, text));
});

t.test('issue 9.3: the log has 300 characters of a URL, and no address', async (t) => {
  const lines: string[] = [];
  const app = await createTestApp({ surfaces: ['marketplace'], config: { logLevel: 'info' }, logStream: { write: (line) => void lines.push(line) } });
  t.teardown(() => app.close());
  const address = 'ada.lovelace@example.org';
  const urls = [`/courses?${'x'.repeat(15_000)}`, `/courses?${'a=1&'.repeat(3_000)}`, `/courses?search=${address}`, `/${'a'.repeat(280)}/${address}`, `/courses?q=${'y'.repeat(286)}${address}`];
  for (const url of urls) await app.inject({ url });
  const logged = lines.map((line): { url?: string } => JSON.parse(line)).flatMap(({ url }) => (url === undefined ? [] : [url]));
  t.equal(logged.length, urls.length);
  for (const url of logged) t.ok(url.length <= 300, `${url.length}`);
  t.notMatch(lines.join(''), /ada\.|lovelace|x{301}/);
  t.equal(shownUrl('/courses?search=fugue'), '/courses?search=fugue');
  t.equal(shownUrl('/auth/google/callback?code=abc&state=xyz&scope=email'), '/auth/google/callback?code=[token]&state=[token]&scope=email');
  t.equal(shownUrl('/users/search?email=ada%40example.org&page=1'), '/users/search?email=[email]&page=1');
});
