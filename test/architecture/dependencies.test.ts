import t from 'tap';
import { circleIn } from './circles.js';
import { readSource, type Import } from './source-files.js';


/** The folders that each folder may import. Keys and values are folders or files below src; a folder may import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain'],
  primitives: ['domain', 'ports'],
  commands: ['domain', 'ports', 'primitives'],
  processes: ['domain'],
  projections: ['domain', 'ports'],
  workers: ['domain', 'ports', 'primitives', 'commands', 'processes', 'projections'],
  'audit-verifier': [],
  'log-copy': ['domain', 'ports', 'primitives', 'commands'],
  adapters: ['domain', 'ports', 'primitives'],
  http: ['domain', 'ports', 'primitives', 'commands', 'projections', 'config.ts'],
  cli: ['domain', 'ports', 'primitives', 'commands', 'projections', 'workers', 'log-copy', 'audit-verifier', 'adapters', 'composition', 'config.ts'],
  composition: ['domain', 'ports', 'primitives', 'commands', 'processes', 'projections', 'workers', 'log-copy', 'adapters', 'http', 'config.ts', 'app.ts'],
  'app.ts': ['http'],
  'main.ts': ['cli', 'composition', 'config.ts'],
  'config.ts': ['configuration'],
  configuration: ['primitives'],
};

/** Packages that a folder may use; absent: any. */
const packages: Readonly<Record<string, readonly string[]>> = {
  domain: ['decimal.js', 'htmlparser2', 'immutable', 'typebox'],
  ports: [],
  processes: [],
  // A hash is a pure function; long reads let others have a turn.
  projections: ['node:crypto', 'node:timers/promises'],
  primitives: ['node:crypto', 'node:fs', 'csv-stringify/sync'],
  commands: ['node:crypto'],
  // An auditor reads it alone.
  'audit-verifier': ['node:buffer', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:util'],
};

const surfaces = new Set(['marketplace', 'authentication', 'users', 'edupro', 'academy', 'audit', 'analytics', 'console']);
/** Folders of http that belong to no surface. */
const commonToSurfaces = new Set(['shared', 'plugins', 'uploads', 'purchases', 'operations', 'refusals', 'records']);

const files = await readSource();
const imports = files.flatMap((file) => file.imports);
const ours = imports.filter(({ isOurs }) => isOurs);
const partOf = (path: string): string => path.split('/')[0] ?? '';
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

t.test('every file of src is bound by a rule', async (t) => {
  t.same([...new Set(files.map(({ path }) => partOf(path)))].filter((part) => allowed[part] === undefined), []);
  const httpFolders = files.map(({ path }) => path.split('/')).flatMap(([part, folder = '', file]) => (part === 'http' && file !== undefined ? [folder] : []));
  t.same([...new Set(httpFolders)].filter((folder) => !surfaces.has(folder) && !commonToSurfaces.has(folder)), []);
});

t.test('no files import each other in a circle', async (t) => {
  t.same(circleIn(new Map(files.map((file) => [file.path, file.imports.filter(({ isOurs }) => isOurs).map(({ to }) => to)]))), []);
});

t.test('each folder imports only those below it', async (t) => {
  const wrong = ours.filter(({ from, to }) => partOf(from) !== partOf(to) && allowed[partOf(from)]?.includes(partOf(to)) !== true);
  t.same(wrong.map(shown), []);
});

t.test('the inner folders use only the packages that they are allowed', async (t) => {
  const wrong = imports.filter((edge) => {
    const rules = packages[partOf(edge.from)];
    return rules !== undefined && !edge.isOurs && !rules.some((name) => edge.to === name || edge.to.startsWith(`${name}/`));
  });
  t.same(wrong.filter(({ isTypeOnly }) => !isTypeOnly).map(shown), []);
});

t.test('aggregates do not import each other’s deciders, read models not each other', async (t) => {
  const wrong = ours.filter((edge) => {
    const [fromLayer, from, ...fromRest] = edge.from.split('/');
    const [toLayer, to, file] = edge.to.split('/');
    if (fromLayer !== toLayer || from === to || fromRest.length === 0 || file === undefined) return false;
    if (fromLayer === 'domain') return file === 'decider.ts' && to !== 'kernel';
    return fromLayer === 'projections' && to !== 'kernel';
  });
  t.same(wrong.map(shown), []);
});

t.test('a surface is imported by nothing of http but itself', async (t) => {
  const folderOf = (path: string): string => path.split('/')[1] ?? '';
  const wrong = ours.filter(({ from, to }) => partOf(from) === 'http' && partOf(to) === 'http' && surfaces.has(folderOf(to)) && folderOf(from) !== folderOf(to));
  t.same(wrong.map(shown), []);
});

t.test('the domain is pure: no clock, no randomness, no async, no Node', async (t) => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\basync\b|\bawait\b|\bprocess\.(env|hrtime|nextTick|exit)|randomUUID/;
  const inner = files.filter(({ path }) => ['domain', 'processes'].includes(partOf(path)));
  const wrong = inner.filter(({ text }) => impure.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
  t.same(wrong.map(({ path }) => path), []);
});

t.test('the environment is read in one file', async (t) => {
  t.same(files.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path), ['config.ts']);
});
