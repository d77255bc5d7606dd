import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const WITHOUT_LINKS = new Set<unknown>(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

const created = (create: () => void): boolean => {
  try {
    create();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Creates a file that was not there; false: another has it. Whoever reads it sees the whole text, never a part:
 * the text is written elsewhere and linked into its place. `mode`: of the file, as chmod takes it.
 */
export const createFileExclusively = (path: string, text: string, mode = 0o666): boolean => {
  if (existsSync(path)) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(aside, text, { flag: 'wx', flush: true, mode });
    return created(() => linkSync(aside, path));
  } catch (error) {
    if (!WITHOUT_LINKS.has(codeOf(error))) throw error;
    // A file system without links: a reader may see the file before its text.
    return created(() => writeFileSync(path, text, { flag: 'wx', flush: true, mode }));
  } finally {
    rmSync(aside, { force: true });
  }
};
