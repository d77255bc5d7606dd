import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';

// Builds console/ to dist/console (or the folder that is named), and nothing where that was built from the same sources before.
const root = resolve(import.meta.dirname, '..');
const sources = join(root, 'console');
const target = process.argv[2] ?? 'dist/console';
const built = join(root, target);
const stamp = `${built}.sources`;

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

const hash = createHash('sha256');
for (const file of [...filesIn(sources), join(root, 'package-lock.json'), import.meta.filename, join(root, 'scripts/compress-console.mjs')]) {
  hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file)).update('\0');
}
const wanted = hash.digest('hex');

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const isBuilt = existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
if (!isBuilt) {
  run(join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', join(sources, 'vite.config.mjs'), '--outDir', built, '--logLevel', 'warn');
  run(join(root, 'scripts/compress-console.mjs'), target);
  writeFileSync(stamp, wanted);
}
