import { spawn } from 'node:child_process';

// Types and lint side by side: each keeps one processor busy.
const run = (script) =>
  new Promise((resolve) => {
    spawn('npm', ['run', '--silent', script], { stdio: 'inherit', shell: process.platform === 'win32' }).on('exit', resolve);
  });

const codes = await Promise.all(['typecheck', 'lint'].map(run));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
