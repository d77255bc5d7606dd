import { readdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import t from 'tap';
import { createFileExclusively } from '../../src/primitives/exclusive-file.js';
import type { Writing } from './exclusive-file-writer.js';

const FILES = 100;
const WRITERS = 2;

t.test('of writers at the same time one creates the file, and all read its whole text', async (t) => {
  const folder = t.testdir();
  const paths = Array.from({ length: FILES }, (_, index) => join(folder, `${index}`));
  const arrived = new Int32Array(new SharedArrayBuffer(4 * FILES));
  const texts = ['first', 'second'].map((name) => name.repeat(1_000));
  const seen: readonly (readonly { readonly isMine: boolean; readonly text: string }[])[] = await Promise.all(
    texts.map(async (text) => {
      const writer = new Worker(new URL('exclusive-file-writer.js', import.meta.url), { workerData: { paths, text, writers: WRITERS, arrived } satisfies Writing });
      const [answer] = await once(writer, 'message');
      return answer;
    }),
  );
  const wrong = paths.filter((_, index) => {
    const all = seen.map((each) => each[index]);
    const winner = all.findIndex((each) => each?.isMine);
    return all.filter((each) => each?.isMine).length !== 1 || all.some((each) => each?.text !== texts[winner]);
  });
  t.same(wrong, []);
  t.equal(readdirSync(folder).length, FILES, 'nothing is left beside them');
});

t.test('a file is created with its mode, and a second time not at all', async (t) => {
  const path = join(t.testdir(), 'file');
  t.equal(createFileExclusively(path, 'once', 0o600), true);
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.equal(createFileExclusively(path, 'twice'), false);
  t.throws(() => createFileExclusively(join(path, 'below'), 'text'), { code: 'ENOTDIR' });
});
