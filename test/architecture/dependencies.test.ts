import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { projectRoot } from '../project-root.js';

const root = join(projectRoot, 'src');

/** The folders that each folder may import. Keys and values are folders or files below src; a folder may import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain'],
  primitives: ['ports'],
  commands: ['domain', 'ports', 'primitives'],
  processes: ['domain'],
  projections: ['domain', 'ports'],
  workers: ['domain', 'ports', 'primitives', 'commands', 'processes', 'projections'],
  'log-copy': ['domain', 'ports', 'primitives', 'commands'],
  adapters: ['domain', 'ports', 'primitives'],
  http: ['domain', 'ports', 'primitives', 'commands', 'projections', 'config.ts'],
  cli: ['domain', 'ports', 'primitives', 'commands', 'projections', 'workers', 'log-copy', 'adapters', 'composition', 'config.ts'],
  composition: ['domain', 'ports', 'primitives', 'commands', 'processes', 'projections', 'workers', 'log-copy', 'adapters', 'http', 'config.ts', 'app.ts'],
  'app.ts': ['http'],
  'main.ts': ['cli', 'composition', 'config.ts'],
  'config.ts': [],
};

/** Packages that a folder may use; absent: any. */
const packages: Readonly<Record<string, readonly string[]>> = {
  domain: ['decimal.js', 'immutable', 'typebox'],
  ports: [],
  processes: [],
  projections: [],
  primitives: ['node:crypto'],
  commands: ['node:crypto'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const importsOf = async (file: string): Promise<readonly Import[]> => {
  const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.ESNext);
  return source.statements.flatMap((statement): readonly Import[] => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const isTypeOnly = ts.isImportDeclaration(statement)
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    const { text } = statement.moduleSpecifier;
    return [{ from: file, to: text.startsWith('.') ? resolve(dirname(file), text) : text, isTypeOnly }];
  });
};

const sourceFiles = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts')).map((file) => join(root, file));
const imports = (await Promise.all(sourceFiles.map(importsOf))).flat();
const partOf = (path: string): string => relative(root, path).split('/')[0]?.replace(/\.js$/, '.ts') ?? '';
const isOurs = ({ to }: Import): boolean => to.startsWith(root);
/** Folders of http that belong to no surface. */
const commonToSurfaces = new Set(['shared', 'plugins', 'uploads', 'purchases', 'operations', 'refusals', 'records']);
const shown = ({ from, to }: Import): string => `${relative(root, from)} -> ${isOurs({ from, to, isTypeOnly: false }) ? relative(root, to) : to}`;

t.test('each folder imports only those below it', async (t) => {
  const wrong = imports.filter((edge) => {
    const layer = partOf(edge.from);
    const rules = allowed[layer];
    if (rules === undefined || !isOurs(edge)) return false;
    const target = partOf(edge.to);
    return target !== layer && !rules.includes(target);
  });
  t.same(wrong.map(shown), []);
});

t.test('the inner folders use only the packages that they are allowed', async (t) => {
  const wrong = imports.filter((edge) => {
    const rules = packages[partOf(edge.from)];
    return rules !== undefined && !isOurs(edge) && !rules.some((name) => edge.to === name || edge.to.startsWith(`${name}/`));
  });
  t.same(wrong.filter(({ isTypeOnly }) => !isTypeOnly).map(shown), []);
});

t.test('aggregates do not import each other’s deciders, read models not each other, surfaces not each other', async (t) => {
  const parts = (path: string): readonly string[] => relative(root, path).split('/');
  const wrong = imports.filter((edge) => {
    if (!isOurs(edge)) return false;
    const [fromLayer, from, ...fromRest] = parts(edge.from);
    const [toLayer, to, file] = parts(edge.to);
    if (fromLayer !== toLayer || from === to || fromRest.length === 0 || file === undefined) return false;
    if (fromLayer === 'domain') return file === 'decider.js' && to !== 'kernel';
    if (fromLayer === 'projections') return to !== 'kernel';
    return fromLayer === 'http' && !commonToSurfaces.has(to ?? '') && !commonToSurfaces.has(from ?? '');
  });
  t.same(wrong.map(shown), []);
});

t.test('the domain is pure: no clock, no randomness, no async, no Node', async (t) => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\basync\b|\bawait\b|\bprocess\.(env|hrtime|nextTick|exit)|randomUUID/;
  const wrong: string[] = [];
  for (const file of sourceFiles.filter((path) => ['domain', 'processes'].includes(partOf(path)))) {
    const code = (await readFile(file, 'utf8')).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    if (impure.test(code)) wrong.push(relative(root, file));
  }
  t.same(wrong, []);
});

t.test('the environment is read in one file', async (t) => {
  const readers: string[] = [];
  for (const file of sourceFiles) {
    if (/\bprocess\.env\b/.test(await readFile(file, 'utf8'))) readers.push(relative(root, file));
  }
  t.same(readers.filter((file) => file !== 'config.ts'), []);
});
