import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { projectRoot } from './project-root.js';

// npm test [-- PART_OF_A_NAME...]: neighbouring files in one process, three processes side by side, and beside them the check of the types
// and lint without the rules that need types, which take as long as a tenth of the tests: npm run lint has these, too.
// npm run test:servers: those of test/servers, one by one.

const MINUTE = 60_000;
const [suite = '', ...wanted] = process.argv.slice(2);
const ofServers = suite === 'servers';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.js') && name.startsWith('servers/') === ofServers)
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

// Three side by side keep two cores busy: some wait for a disk or a clock.
t.jobs = ofServers ? 1 : 3;
t.setTimeout(0);
// The limit of each file, and of each test in it.
const timeout = (ofServers ? 20 : 5) * MINUTE;
const env = { ...process.env, TAP_TIMEOUT: String(timeout / 1_000) };

/** A program of the project that says nothing and ends well where all is well. */
const quietly = (name: string, program: string, ...options: readonly string[]): void => {
  void t.test(name, { buffered: true, timeout }, async (t) => {
    const complaints = await promisify(execFile)(program, options, { cwd: projectRoot, maxBuffer: 64_000_000 }).then(
      () => '',
      (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}` || `${name} failed without a word`,
    );
    t.equal(complaints, '', `${name}: no complaint`);
  });
};

if (!ofServers) quietly('types', process.execPath, 'scripts/compile.mjs', '--noEmit');
if (!ofServers && wanted.length === 0) quietly('lint', 'npm', 'run', '--silent', 'lint:quick');

/** The tests of these start processes, kill them, or measure their own: each file has one to itself. */
const ALONE = /^(?:(?:servers|application)\/|adapters\/(?:bcrypt|embedded\/(?:backup|data-folder|event-store-crash|read-models-folder))|cli\/registrar|http\/shared\/growth|primitives\/memory-size)/;
const MOST_IN_ONE_PROCESS = 40;

/** Files that one process runs, neighbours: most of the time of a process goes into loading the program. */
const processes = (names: readonly string[]): readonly (readonly string[])[] => {
  const together = names.filter((name) => !ALONE.test(name));
  const groups = Array.from({ length: Math.ceil(together.length / MOST_IN_ONE_PROCESS) }, (_, n) => together.slice(n * MOST_IN_ONE_PROCESS, (n + 1) * MOST_IN_ONE_PROCESS));
  // The short ones come last: all processes end at about the same time.
  return [...groups, ...names.filter((name) => ALONE.test(name)).map((name) => [name])];
};

// Reading the maps takes a twelfth of the time of all tests. Who looks for the place of a failure runs that file alone.
const maps = ofServers || wanted.length > 0 ? ['--enable-source-maps'] : ['--import', join(import.meta.dirname, 'without-async-hooks.js')];

for (const names of processes(files)) {
  const [first = '', ...others] = names;
  const name = others.length === 0 ? first : names.join(', ');
  // tap gives its children hooks for coverage by NODE_OPTIONS. They double the time of a process, and coverage is not measured.
  const program = ['-u', 'NODE_OPTIONS', process.execPath, ...maps, join(import.meta.dirname, 'files-of-one-process.js')];
  const moreFiles = others.length === 0 ? {} : { MORE_FILES: others.join(',') };
  void t.spawn('env', [...program, first], { name, buffered: !ofServers, timeout, env: { ...env, ...moreFiles }, cwd: projectRoot });
}
