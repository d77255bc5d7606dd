import { createWriteStream } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStore, ListedFile } from '../../ports/file-store.js';
import { BUCKET_FILES, BackupUnusable, type BackedUpBucket } from './backup-manifest.js';
import { DiskFileStore } from './file-store.js';

/** A bucket that is backed up beside the log. */
export interface BucketToBackUp {
  readonly place: Pick<BackedUpBucket, 'endpoint' | 'bucket' | 'prefix'>;
  readonly files: Pick<FileStore, 'list'>;
  /** Copies all files into the backup; null: they are named in it, and stay where they are. */
  readonly copyInto: ((files: FileStore) => Promise<void>) | null;
}

export interface BucketInBackup {
  readonly manifest: BackedUpBucket;
  /** Paths below the backup. */
  readonly paths: readonly string[];
}

/** Names the files of a bucket in the folder, and copies them where that is asked for, in the manner of a folder of files. */
export const backUpBucket = async ({ place, files, copyInto }: BucketToBackUp, to: string): Promise<BucketInBackup> => {
  const paths = [BUCKET_FILES];
  if (copyInto !== null) {
    await copyInto(await DiskFileStore.open(join(to, 'files')));
    await rm(join(to, 'files/incoming'), { recursive: true });
    for (const part of ['content', 'entries']) paths.push(...(await readdir(join(to, 'files', part))).map((name) => `files/${part}/${name}`));
  }
  const counts = { files: 0, bytes: 0 };
  const lines = async function* (): AsyncGenerator<string> {
    for await (const { key, size, modifiedAt } of files.list()) {
      counts.files += 1;
      counts.bytes += size;
      yield `${JSON.stringify({ key, size, modifiedAt })}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(join(to, BUCKET_FILES), { flush: true }));
  return { manifest: { ...place, ...counts, included: copyInto !== null }, paths };
};

const listedIn = (line: string): Pick<ListedFile, 'key' | 'size'> => {
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null && 'key' in value && 'size' in value && typeof value.key === 'string' && typeof value.size === 'number') {
    return { key: value.key, size: value.size };
  }
  throw new BackupUnusable(`${BUCKET_FILES} has a line that names no file`);
};

/** The keys of a backup that a store lacks, or has with another size. */
export const missingFiles = async (backup: string, files: Pick<FileStore, 'list'>): Promise<readonly string[]> => {
  const there = new Map<string, number>();
  for await (const { key, size } of files.list()) there.set(key, size);
  const lines = (await readFile(join(backup, BUCKET_FILES), 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map(listedIn).filter(({ key, size }) => there.get(key) !== size).map(({ key }) => key);
};
