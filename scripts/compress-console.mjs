import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Writes X.br and X.gz beside each file X of the built console that gets smaller by it: the server hands them out as they are.
const TEXTS = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest', '.map']);
const LEAST_BYTES = 1_024;

const folder = resolve(import.meta.dirname, '..', process.argv[2] ?? 'dist/console');
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && TEXTS.has(extname(entry.name)));

for (const { parentPath, name } of files) {
  const path = join(parentPath, name);
  const content = readFileSync(path);
  if (content.length < LEAST_BYTES) continue;
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  for (const [ending, compressed] of [['br', brotliCompressSync(content, { params })], ['gz', gzipSync(content, { level: 9 })]]) {
    if (compressed.length < content.length) writeFileSync(`${path}.${ending}`, compressed);
  }
}
