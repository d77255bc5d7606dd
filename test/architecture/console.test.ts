import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../project-root.js';
import { circleIn } from './circles.js';
import { readSource } from './source-files.js';

const LONGEST_FILE = 200;
const LONGEST_FUNCTION = 60;

/** What each folder of the console may import. A view that is absent may import all of these, and no other view. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  api: ['session'],
  session: ['api', 'pieces', 'frame'],
  pieces: ['api', 'frame'],
  verification: ['api'],
  search: ['api', 'pieces', 'frame', 'session'],
  history: ['api', 'pieces', 'frame', 'session', 'verification'],
};
const common = new Set(['api', 'session', 'pieces', 'frame', 'verification', 'search', 'history']);
/** Made from the OpenAPI document. */
const MADE = 'api/schema.d.ts';

const files = (await readSource(join(projectRoot, 'console/src'))).filter(({ path }) => path !== MADE);
const imports = files.flatMap((file) => file.imports);
const partOf = (path: string): string => path.split('/')[0] ?? '';

const isAllowed = (from: string, to: string): boolean =>
  from === to || from === 'main.tsx' || from === 'frame' || to === 'style' || (allowed[from] ?? [...common]).includes(to);

t.test('the console has files', async (t) => {
  t.ok(files.length > 20);
  t.ok(imports.some(({ isOurs }) => isOurs));
});

t.test('a view imports what is common to views, and no other view', async (t) => {
  const wrong = imports.filter(({ from, to, isOurs }) => isOurs && !isAllowed(partOf(from), partOf(to)));
  t.same(wrong.map(({ from, to }) => `${from} -> ${to}`), []);
});

t.test('the verifier shares no code with the program, nor does anything else of the console', async (t) => {
  t.same(imports.filter(({ to, isOurs }) => isOurs && to.startsWith('..')).map(({ from, to }) => `${from} -> ${to}`), []);
});

t.test('no files of the console import each other in a circle but for views that are loaded late', async (t) => {
  const now = (file: (typeof files)[number]) => file.imports.filter(({ isOurs, isTypeOnly, from }) => isOurs && !isTypeOnly && from !== 'frame/views.ts');
  const pathOf = (to: string): string => files.find(({ path }) => path === to || path === `${to}x`)?.path ?? to;
  t.same(circleIn(new Map(files.map((file) => [file.path, now(file).map(({ to }) => pathOf(to))]))), []);
});

t.test('files and functions are short enough to be read at once', async (t) => {
  t.same(files.filter(({ lines }) => lines > LONGEST_FILE).map(({ path }) => path), []);
  t.same(files.flatMap(({ path, functions }) => functions.filter(({ lines }) => lines > LONGEST_FUNCTION).map(({ name }) => `${path} ${name}`)), []);
});

t.test('no comment switches a rule of lint off, and nothing is cast in two steps', async (t) => {
  t.same(files.filter(({ text }) => /(?:eslint|oxlint)-(?:disable|enable)|\bas unknown as\b/.test(text)).map(({ path }) => path), []);
});

t.test('no text becomes markup or program', async (t) => {
  const unsafe = /dangerouslySetInnerHTML|\.(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|javascript:/;
  t.same(files.filter(({ text }) => unsafe.test(text)).map(({ path }) => path), []);
});

t.test('the browser keeps settings and what it trusts, and nothing of the session', async (t) => {
  const keeps = files.filter(({ text }) => /\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b/.test(text));
  t.same(keeps.map(({ path }) => path), ['frame/settings.ts', 'verification/browser-pins.ts']);
});
