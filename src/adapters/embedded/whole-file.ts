import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const syncOnce = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  // Some systems cannot sync a folder; the rename is atomic there too.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/** The synchronisations of each folder that have not begun. */
const waiting = new Map<string, Promise<void>>();
const underWay = new Map<string, Promise<void>>();

/** Those who ask while one is under way share the next. */
const syncFolder = (folder: string): Promise<void> => {
  const next = waiting.get(folder);
  if (next !== undefined) return next;
  const begun = (underWay.get(folder) ?? Promise.resolve()).then(() => {
    waiting.delete(folder);
    const running = syncOnce(folder).finally(() => {
      if (underWay.get(folder) === running) underWay.delete(folder);
    });
    underWay.set(folder, running);
    return running;
  });
  waiting.set(folder, begun);
  return begun;
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
