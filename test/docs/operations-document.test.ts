import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import t from 'tap';
import { projectRoot } from '../project-root.js';

const document = join(projectRoot, 'docs/operations.md');

t.test('every metric of the program is explained, and no other', async (t) => {
  const source = await readFile(join(projectRoot, 'src/http/operations/metrics.ts'), 'utf8');
  const made = [...source.matchAll(/name: '(registrar_\w+)'/g)].map(([, name]) => name);
  const explained = [...(await readFile(document, 'utf8')).matchAll(/^\| `(registrar_\w+)/gm)].map(([, name]) => name);
  t.ok(made.length > 3);
  t.same([...new Set(explained)].sort(), made.sort());
});

t.test('every command that people are told to run is there', async (t) => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const texts = await Promise.all(['docs/operations.md', 'docs/eventstoredb.md', 'README.md'].map((file) => readFile(join(projectRoot, file), 'utf8')));
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script)));
  t.ok(named.size > 8);
  for (const script of named) t.ok(script in manifest.scripts, script);
  // In the image, where nothing is built, the program stands for the scripts: each has one.
  const inImage = new Set([...(texts[0] ?? '').matchAll(/(?:^ +|`|app )registrar ([a-z]+)/gm)].map(([, command = '']) => command));
  t.ok(inImage.size > 4);
  for (const command of inImage) t.match(manifest.scripts[command], new RegExp(`registrar -- ${command}$`));
});

t.test('what it points to is there', async (t) => {
  const text = await readFile(document, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? '');
  for (const path of links) t.ok(existsSync(join(dirname(document), path)), path);
  for (const [path = ''] of text.matchAll(/\btest\/[\w/.-]+\.test\.ts/g)) t.ok(existsSync(join(projectRoot, path)), path);
  for (const [, program = ''] of text.matchAll(/\bdist\/([\w/-]+)\.js/g)) t.ok(existsSync(join(projectRoot, `src/${program}.ts`)), program);
});
