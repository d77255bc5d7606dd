import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  // Some systems cannot sync a folder; the rename is atomic there too.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/** Moves a finished file to its place: readers see the old file or the new one, also after a power cut. */
export const moveInto = async (finished: string, path: string): Promise<void> => {
  await rename(finished, path);
  await syncFolder(dirname(path));
};

export const writeWholeFile = async (path: string, content: Uint8Array | string): Promise<void> => {
  const temporary = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await moveInto(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};
