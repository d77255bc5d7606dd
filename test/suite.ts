import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { projectRoot } from './project-root.js';

// npm test [-- PART_OF_A_NAME...]: each file of tests in a process of its own, two side by side, and lint beside them.
// npm run test:servers: those of test/servers, one by one.

const MINUTE = 60_000;
const [suite = '', ...wanted] = process.argv.slice(2);
const ofServers = suite === 'servers';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.js') && name.startsWith('servers/') === ofServers)
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

t.jobs = ofServers ? 1 : 2;
t.setTimeout(0);

if (!ofServers && wanted.length === 0) {
  void t.test('lint', { buffered: true, timeout: 5 * MINUTE }, async (t) => {
    const eslint = join(projectRoot, 'node_modules/eslint/bin/eslint.js');
    const complaints = await promisify(execFile)(process.execPath, [eslint, '.'], { cwd: projectRoot, maxBuffer: 64_000_000 }).then(
      () => '',
      (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}` || 'eslint failed without a word',
    );
    t.equal(complaints, '', 'eslint has no complaint');
  });
}

for (const name of files) {
  // tap gives its children hooks for coverage by NODE_OPTIONS. They double the time of a process, and coverage is not measured.
  const command = ['-u', 'NODE_OPTIONS', process.execPath, '--enable-source-maps', join(import.meta.dirname, name)];
  void t.spawn('env', command, { name, buffered: !ofServers, timeout: (ofServers ? 40 : 5) * MINUTE, cwd: projectRoot });
}
