import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../project-root.js';
import { keyOf, madeExport, randomOf } from './made-history.js';
import { mutationOf } from './mutations.js';
import { verifySecond } from './second-verifier.js';

const { vkey } = keyOf(1);
const made = await madeExport(11, 1_100);
const newest = made.notes.slice(-1);

t.test('what the page says is enough for another verifier', async (t) => {
  const source = await readFile(join(projectRoot, 'test/audit-verifier/second-verifier.ts'), 'utf8');
  t.ok(source.split('\n').length <= 151, 'a short one');
  t.same([...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name), ['node:crypto']);
  t.doesNotThrow(() => verifySecond(made.lines, vkey, newest));
});

t.test('it finds what the first one finds', async (t) => {
  const random = randomOf(5);
  for (let n = 0; n < 45; n += 1) {
    const { lines, what, truth } = mutationOf(made, n, random);
    try {
      verifySecond(lines, vkey, newest);
      t.fail(`${what} at ${truth}`);
    } catch (error) {
      t.ok(error instanceof Error);
    }
  }
});
