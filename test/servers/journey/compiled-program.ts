import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformFile } from '@swc/core';

const root = resolve(import.meta.dirname, '../../..');

export interface CompiledProgram {
  /** The path of what was src/<name>.ts. */
  readonly program: (name: string) => string;
  readonly eventStore: string;
  readonly remove: () => Promise<void>;
}

const isSource = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('.test.ts');

const compile = async (path: string, into: string): Promise<void> => {
  const { code } = await transformFile(join(root, path), {
    swcrc: false,
    sourceMaps: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { verbatimModuleSyntax: true } },
    module: { type: 'es6' },
  });
  const target = join(into, path.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
};

/** The program and its event store, once for many processes: they start in a fraction of the time. */
export const compileProgram = async (): Promise<CompiledProgram> => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-build-'));
  const sources = ['src', 'test/servers', 'test/adapters/embedded'];
  for (const source of sources) {
    const paths = await readdir(join(root, source), { recursive: true });
    await Promise.all(paths.filter(isSource).map((path) => compile(join(source, path), folder)));
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    program: (name) => join(folder, 'src', `${name}.js`),
    eventStore: join(folder, 'test/servers/journey/event-store-process.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
