import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchRow } from './bench-row.js';

/** Each declares four types of events: created, changed, deleted, restored. */
const RESOURCES = 41;
const ROUNDS = 3;
const root = resolve(import.meta.dirname, '../..');

interface Compiler {
  readonly name: string;
  readonly package: string;
  readonly options: readonly string[];
}

/** The one that builds, and the one that editors and the linter use. */
const compilers: readonly Compiler[] = [
  { name: 'tsc 7', package: 'typescript-native', options: ['--singleThreaded'] },
  { name: 'tsc 5.9', package: 'typescript', options: [] },
];

const declaration = (number: number): string => `import { Type } from 'typebox';
import { resource } from '../record/resource.js';

export const madeUp${number} = resource('MadeUp${number}', {
  category: 'madeUp${number}',
  description: 'A made-up resource',
  fields: { name: Type.String(), place${number}: Type.Integer(), remark: Type.Optional(Type.String()), isOpen: Type.Boolean() },
  rules: { read: 'owner', write: 'owner' },
  lists: [{ by: ['ownerId'], sort: { createdAt: 1 } }],
});
`;

/** Declares the made-up resources in a copy of the sources, beside those that there are. */
const addResources = (source: string): void => {
  const folder = join(source, 'domain/resources');
  const names = Array.from({ length: RESOURCES }, (_, number) => `madeUp${number}`);
  renameSync(join(folder, 'index.ts'), join(folder, 'declared.ts'));
  names.forEach((name, number) => writeFileSync(join(folder, `${name}.ts`), declaration(number)));
  const imports = ["import { resources as declared } from './declared.js';", ...names.map((name) => `import { ${name} } from './${name}.js';`)];
  writeFileSync(join(folder, 'index.ts'), `${imports.join('\n')}\n\nexport const resources = { ...declared, ${names.join(', ')} } as const;\n`);
};

const copyOfSources = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-types-'));
  for (const name of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Seconds that the compiler spends on checking types, on its own word. */
const checkTime = (compiler: Compiler, folder: string): number => {
  const script = join(root, 'node_modules', compiler.package, 'bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--noEmit', '--incremental', 'false', '--tsBuildInfoFile', 'null', '--extendedDiagnostics', ...compiler.options];
  const { status, stdout } = spawnSync(process.execPath, [script, ...options], { cwd: folder, encoding: 'utf8' });
  const seconds = /^Check time:\s+([\d.]+)s$/m.exec(stdout)?.[1];
  if (status !== 0 || seconds === undefined) throw new Error(`${compiler.name} does not compile ${folder}:\n${stdout.slice(0, 2_000)}`);
  return Number(seconds);
};

/** In turns, the best of each: whatever else the machine does only adds to it. */
const compare = (compiler: Compiler, today: string, grown: string): BenchRow => {
  const rounds = Array.from({ length: ROUNDS }, () => [checkTime(compiler, today), checkTime(compiler, grown)] as const);
  const baseline = Math.min(...rounds.map(([seconds]) => seconds));
  const measured = Math.min(...rounds.map(([, seconds]) => seconds));
  const name = `check time of ${compiler.name} with ${4 * RESOURCES} more types of events vs today`;
  return { name, measured, baseline, unit: 's', ratio: measured / baseline, target: 1.3, atMost: true };
};

/** The compiler's time for 41 more plain resources. */
export const benchTypes = async (): Promise<readonly BenchRow[]> => {
  const [today, grown] = [copyOfSources(), copyOfSources()];
  try {
    addResources(join(grown, 'src'));
    return compilers.map((compiler) => compare(compiler, today, grown));
  } finally {
    for (const folder of [today, grown]) rmSync(folder, { recursive: true, force: true });
  }
};
