import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { open } from 'lmdb';

/** Copies the read models of a folder, as they are at one moment, into an empty one; a server may be writing them. */
export const copyReadModels = async (from: string, to: string): Promise<void> => {
  if (!existsSync(join(from, 'data.mdb'))) throw new Error(`${from} has no read models: start the server first`);
  await mkdir(to, { recursive: true });
  const root = open({ path: from, noSubdir: false, maxDbs: 4, readOnly: true });
  try {
    await root.backup(to, false);
  } finally {
    await root.close();
  }
};
