import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Checks the types of everything and emits what tests, benches and scripts run from: build/. The native compiler needs a third
// of the time; tap and some tests need the API of typescript 5.9, so both are installed.
const root = resolve(import.meta.dirname, '..');
const build = join(root, 'build');

const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json'), ...process.argv.slice(2)], { stdio: 'inherit' });

// The compiler leaves what it emitted for files that are gone: a deleted test would still run.
const emitted = existsSync(build) ? readdirSync(build, { recursive: true, encoding: 'utf8' }) : [];
// The console that tests serve is built by Vite.
for (const file of emitted.filter((name) => name.endsWith('.js') && !name.startsWith('src/console/'))) {
  if (existsSync(join(root, file.replace(/\.js$/, '.ts')))) continue;
  rmSync(join(build, file));
  rmSync(join(build, `${file}.map`), { force: true });
}

// The console has the names of a browser in place of those of Node, and Vite emits it.
const ofConsole = spawnSync(process.execPath, [compiler, '-p', join(root, 'console/tsconfig.json')], { stdio: 'inherit' });
process.exitCode = status === 0 ? (ofConsole.status ?? 1) : (status ?? 1);
