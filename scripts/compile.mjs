import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Checks the types of everything and emits what tests, benches and scripts run from: build/. With --noCheck it emits only, with
// --noEmit it checks only: npm test does the one first and the other beside the tests. The native compiler needs a third of the
// time; tap and some tests need the API of typescript 5.9, so both are installed.
const root = resolve(import.meta.dirname, '..');
const build = join(root, 'build');
const options = process.argv.slice(2);
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
// Several checkers side by side work out the same types of typebox, each for itself: four take 2.5 times the processor time of one.
const compile = (project) => spawnSync(process.execPath, [compiler, '-p', join(root, project), '--checkers', '1', ...options], { stdio: 'inherit' }).status ?? 1;

const removeOrphans = () => {
  const emitted = existsSync(build) ? readdirSync(build, { recursive: true, encoding: 'utf8' }) : [];
  // The console that tests serve is built by Vite.
  for (const file of emitted.filter((name) => name.endsWith('.js') && !name.startsWith('src/console/'))) {
    if (existsSync(join(root, file.replace(/\.js$/, '.ts')))) continue;
    rmSync(join(build, file));
    rmSync(join(build, `${file}.map`), { force: true });
  }
};

const ofProgram = compile('tsconfig.json');
// The compiler leaves what it emitted for files that are gone: a deleted test would still run.
if (!options.includes('--noEmit')) removeOrphans();
// The console has the names of a browser in place of those of Node, and Vite emits it.
const ofConsole = options.includes('--noCheck') ? 0 : compile('console/tsconfig.json');
process.exitCode = ofProgram === 0 ? ofConsole : ofProgram;
