import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { projectRoot } from '../project-root.js';

const run = promisify(execFile);
const text = await readFile(join(projectRoot, 'docs/adding.md'), 'utf8');

/** The files that the document shows, by their names in the first line of each block. */
const shown = [...text.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].flatMap(([, file, content]) =>
  file === undefined || content === undefined ? [] : [{ file, content }],
);

const replaced = async (file: string, changes: readonly (readonly [from: RegExp, to: string])[]): Promise<void> => {
  let content = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    if (!from.test(content)) throw new Error(`${file} has no ${String(from)}`);
    content = content.replace(from, to);
  }
  await writeFile(file, content);
};

/** Someone who follows the document: the two files that it shows, and the lines that it names in the two lists. */
const follow = async (copy: string): Promise<void> => {
  for (const { file, content } of shown) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), content);
  }
  const named = ["import { badge } from './badge.js';", "import { badgeRoutes } from './badges.js';", 'await app.register(badgeRoutes(services));'] as const;
  for (const line of named) t.ok(text.includes(`\`${line}\``), `the document names the line ${line}`);
  await replaced(join(copy, 'src/domain/resources/index.ts'), [
    [/^/, `${named[0]}\n`],
    [/export const resources = \{/, 'export const resources = { badge,'],
  ]);
  await replaced(join(copy, 'src/http/marketplace/index.ts'), [
    [/^/, `${named[1]}\n`],
    [/ +await app\.register\(invoiceRoutes\(services\)\);\n/, `$&    ${named[2]}\n`],
  ]);
};

const routeTest = `
import t from 'tap';
import { badge } from '../../src/domain/resources/badge.js';
import { resourceContract } from '../contracts/resources.js';
import { newCourse } from '../fixtures/course-client.js';
import { createTestApp } from '../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());
const ada = await app.signUp('instructor');
const eve = await app.signUp('student');
const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: object) =>
  app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });

void resourceContract(t, badge);

t.test('badges of a course', async (t) => {
  const { id: courseId } = (await call('POST', '/courses', ada.headers, newCourse)).json<{ id: string }>();
  t.equal((await call('POST', '/badges', ada.headers, { courseId, name: 'Fugue', colour: 'gold' })).statusCode, 201);
  t.equal((await call('POST', '/badges', ada.headers, { courseId, name: 'FUGUE' })).statusCode, 409);
  t.equal((await call('POST', '/badges', eve.headers, { courseId, name: 'Canon' })).statusCode, 403);
  t.match((await call('GET', \`/courses/\${courseId}/badges\`, {})).json(), { total: 1, data: [{ name: 'Fugue', colour: 'gold' }] });
});
`;

t.test('who follows docs/adding.md has a resource that passes the contract and is served', async (t) => {
  t.same(shown.map(({ file }) => file), ['src/domain/resources/badge.ts', 'src/http/marketplace/badges.ts']);
  const copy = await mkdtemp(join(tmpdir(), 'registrar-adding-'));
  t.teardown(() => rm(copy, { recursive: true, force: true }));
  for (const part of ['src', 'test', 'package.json']) await cp(join(projectRoot, part), join(copy, part), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  await follow(copy);
  await writeFile(join(copy, 'test/http/badges.test.ts'), routeTest);
  const { compilerOptions } = JSON.parse(await readFile(join(projectRoot, 'tsconfig.json'), 'utf8')) as { compilerOptions: object };
  const settings = { compilerOptions: { ...compilerOptions, incremental: false, tsBuildInfoFile: undefined }, files: ['test/http/badges.test.ts'], include: ['src/**/*.d.ts'] };
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify(settings));
  const compiler = join(projectRoot, 'node_modules/typescript-native/lib/tsc.js');
  const complaints = await run(process.execPath, [compiler, '-p', copy], { cwd: copy }).then(
    () => '',
    (error: { stdout: string; stderr: string }) => `${error.stdout}${error.stderr}` || 'the compiler failed without a word',
  );
  t.equal(complaints, '', 'it compiles');
  const { stdout } = await run(process.execPath, [join(copy, 'build/test/http/badges.test.js')], { cwd: copy, maxBuffer: 16_000_000 });
  t.match(stdout, /^ok \d+ - Badge /m);
  t.match(stdout, /^ok \d+ - badges of a course /m);
});
