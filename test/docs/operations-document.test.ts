import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import t from 'tap';

const root = resolve(import.meta.dirname, '../..');
const document = resolve(root, 'docs/operations.md');

t.test('every metric of the program is explained, and no other', async (t) => {
  const source = await readFile(resolve(root, 'src/http/metrics.ts'), 'utf8');
  const made = [...source.matchAll(/name: '(registrar_\w+)'/g)].map(([, name]) => name);
  const explained = [...(await readFile(document, 'utf8')).matchAll(/^\| `(registrar_\w+)/gm)].map(([, name]) => name);
  t.ok(made.length > 3);
  t.same([...new Set(explained)].sort(), made.sort());
});

t.test('what it points to is there', async (t) => {
  const text = await readFile(document, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? '');
  for (const path of links) t.ok(existsSync(resolve(dirname(document), path)), path);
  for (const [path = ''] of text.matchAll(/\btest\/[\w/.-]+\.test\.ts/g)) t.ok(existsSync(resolve(root, path)), path);
  for (const [, program = ''] of text.matchAll(/\bdist\/([\w-]+)\.js/g)) t.ok(existsSync(resolve(root, `src/${program}.ts`)), program);
});
