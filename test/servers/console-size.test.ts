import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import t from 'tap';
import { projectRoot } from '../project-root.js';
import { buildConsole } from './console/console-program.js';

const MOST_BYTES = 250_000;
const folder = join(projectRoot, 'build/src/console');

t.test('issue 16.2: all files of the console together are at most 250 kB gzipped, and none names another host', async (t) => {
  await buildConsole();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name));
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
  const sizes = await Promise.all(contents.map(async (content) => (await promisify(gzip)(content, { level: 9 })).length));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  t.comment(`${all} bytes of ${files.length} files`);
  t.ok(files.some(({ name }) => name === 'index.html'), 'it is built');
  t.ok(all <= MOST_BYTES, `${all} bytes`);
  const page = contents[files.findIndex(({ name }) => name === 'index.html')]?.toString('utf8') ?? '';
  t.notMatch(page, /(?:src|href)="(?!\/)|<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/, 'nothing inline, nothing from elsewhere');
});
