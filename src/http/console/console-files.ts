import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const INDEX = 'index.html';
/** Written beside a file by the console's build. */
const COMPRESSED = /\.(?:br|gz)$/;

/** The files of a built console, named as their addresses below /console are: with slashes. Undefined: there is no console. */
export const consoleFiles = async (folder: string): Promise<ReadonlySet<string> | undefined> => {
  if (!existsSync(join(folder, INDEX))) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !COMPRESSED.test(entry.name));
  return new Set(files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/')));
};
