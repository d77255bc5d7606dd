import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileStore } from '../../ports/file-store.js';

export interface CopyProgress {
  readonly total: number;
  readonly copied: number;
  /** Were there already, with the same content. */
  readonly standing: number;
  readonly bytes: number;
}

export interface CopyOptions {
  readonly from: FileStore;
  readonly to: FileStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CopyProgress) => void;
}

export class CopyDiffers extends Error {
  override readonly name = 'CopyDiffers';
}

const AT_A_TIME = 4;
const TELL_EVERY = 100;

const checksumIn = async (files: FileStore, key: string): Promise<string | undefined> => {
  const file = await files.get(key);
  if (file === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const block of file.content as AsyncIterable<Buffer>) hash.update(block);
  return hash.digest('hex');
};

const passing = async function* (content: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const block of content) {
    hash.update(block);
    yield block;
  }
};

/** Read whole in both places: a size and a type are no proof. */
const isTheSame = async (from: FileStore, to: FileStore, key: string): Promise<boolean> => {
  const there = await to.stat(key);
  const source = there && (await from.stat(key));
  if (there === undefined || source === undefined) return false;
  if (there.size !== source.size || there.contentType !== source.contentType || there.disposition !== source.disposition) return false;
  return (await checksumIn(from, key)) === (await checksumIn(to, key));
};

type Copied = 'copied' | 'standing' | 'gone';

/** What was written is read again, and has the checksum of what was read. */
const copyOne = async (from: FileStore, to: FileStore, key: string): Promise<Copied> => {
  if (await isTheSame(from, to, key)) return 'standing';
  const file = await from.get(key);
  if (file === undefined) return 'gone';
  const { contentType, disposition, content } = file;
  const hash = createHash('sha256');
  await to.put(key, Readable.from(passing(content, hash), { objectMode: false }), { contentType, ...(disposition === undefined ? {} : { disposition }) });
  if ((await checksumIn(to, key)) === hash.digest('hex')) return 'copied';
  throw new CopyDiffers(`${key} is not the same in both places: it was changed meanwhile, or the storage is broken. The same command tries it again`);
};

/** Handles items side by side; after a failure, or when the signal aborts, those in hand are finished and no more are begun. */
const sideBySide = async <Item>(items: AsyncIterable<Item>, signal: AbortSignal, handle: (item: Item) => Promise<void>): Promise<void> => {
  const iterator = items[Symbol.asyncIterator]();
  const failed = new AbortController();
  const line = async (): Promise<void> => {
    while (!signal.aborted && !failed.signal.aborted) {
      const next = await iterator.next();
      if (next.done === true) return;
      await handle(next.value);
    }
  };
  const lines = Array.from({ length: AT_A_TIME }, () => line().catch((error: unknown) => failed.abort(error)));
  await Promise.all(lines);
  failed.signal.throwIfAborted();
};

/** Copies all files; a repeat goes on where the last one ended, because it leaves alone what is the same in both places. */
export const copyFiles = async ({ from, to, signal, onProgress }: CopyOptions): Promise<CopyProgress> => {
  let total = 0;
  for await (const { key } of from.list()) {
    signal.throwIfAborted();
    if (key !== '') total += 1;
  }
  const counts = { copied: 0, standing: 0, gone: 0 };
  let bytes = 0;
  const progress = (): CopyProgress => ({ total, copied: counts.copied, standing: counts.standing, bytes });
  await sideBySide(from.list(), signal, async ({ key, size }) => {
    counts[await copyOne(from, to, key)] += 1;
    bytes += size;
    if ((counts.copied + counts.standing + counts.gone) % TELL_EVERY === 0) onProgress(progress());
  });
  return progress();
};

/** Keys that are in one place alone. */
export const onlyIn = async (files: FileStore, other: FileStore): Promise<readonly string[]> => {
  const known = new Set<string>();
  for await (const { key } of other.list()) known.add(key);
  const found: string[] = [];
  for await (const { key } of files.list()) if (!known.has(key)) found.push(key);
  return found;
};
