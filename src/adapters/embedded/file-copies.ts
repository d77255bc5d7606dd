import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MAX_REPLACED_WHILE_COPIED = 10;
export const TELL_EVERY = 100;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const contentOf = (entry: string): string => {
  const value: unknown = JSON.parse(entry);
  if (typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string') return value.content;
  throw new Error('an entry of the file store names no content');
};

export const flushFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const copyWhole = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await flushFile(to);
};

/** Copies one stored file, entry and content; null when it was deleted meanwhile. */
const copyEntry = async (from: string, to: string, name: string): Promise<readonly string[]> => {
  for (let attempt = 1; attempt <= MAX_REPLACED_WHILE_COPIED; attempt += 1) {
    try {
      const entry = await readFile(join(from, 'entries', name), 'utf8');
      const content = contentOf(entry);
      await copyWhole(join(from, 'content', content), join(to, 'content', content));
      await writeFile(join(to, 'entries', name), entry, { flush: true });
      return [`content/${content}`, `entries/${name}`];
    } catch (error) {
      if (!isMissing(error)) throw error;
      const entries = await namesIn(join(from, 'entries'));
      if (!entries.includes(name)) return [];
    }
  }
  throw new Error(`the content of ${name} is missing`);
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

interface CopyOptions {
  readonly onProgress: (what: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** Copies the folder of a file store that is in use. Answers the paths of the copies below `to`. */
export const copyStoredFiles = async (from: string, to: string, { onProgress, signal }: CopyOptions): Promise<readonly string[]> => {
  for (const part of ['entries', 'content']) await mkdir(join(to, part), { recursive: true });
  const copied: string[] = [];
  const names = await namesIn(join(from, 'entries'));
  for (const [done, name] of names.entries()) {
    signal?.throwIfAborted();
    if (done > 0 && done % TELL_EVERY === 0) onProgress(`${done} of ${names.length} files`);
    copied.push(...(await copyEntry(from, to, name)));
  }
  return copied;
};
