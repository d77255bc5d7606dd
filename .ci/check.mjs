import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command, ...args) =>
  new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).on('exit', resolve);
  });

// tap is made anew when .taprc leaves plugins out, but the run that notices it still starts each test with the loaders that
// compile TypeScript. So it is made before the first run.
const tapIsBuilt = () => {
  const built = join(import.meta.dirname, '../node_modules/@tapjs/test/test-built/dist/esm/index.js');
  return !readFileSync(built, 'utf8').includes('@tapjs/typescript');
};

// Types and lint side by side: each keeps one processor busy.
const checks = ['typecheck', 'lint'].map((script) => run('npm', 'run', '--silent', script));
const codes = await Promise.all([...checks, ...(tapIsBuilt() ? [] : [run('npx', 'tap', 'build')])]);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
