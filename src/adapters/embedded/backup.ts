import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EventCodec } from '../../domain/event-codec.js';
import type { Clock } from '../../ports/clock.js';
import { assertFile, BackupUnusable, describeFile, MANIFEST, MANIFEST_VERSION, MANIFEST_VERSION_WITHOUT_BUCKET, type BackupManifest } from './backup-manifest.js';
import { backUpBucket, type BucketToBackUp } from './bucket-backup.js';
import { LogForReading } from './event-store/log-for-reading.js';
import { copyStoredFiles, flushFile } from './file-copies.js';

export interface BackupOptions {
  /** DATA_DIR; a server may be using it. */
  readonly from: string;
  readonly to: string;
  readonly clock: Clock;
  /** Where the files are; null: in the folder. */
  readonly bucket: BucketToBackUp | null;
  readonly codec?: EventCodec;
  /** Replays the copy of the log before the backup counts as one; throws when something is wrong with it. */
  readonly verify: (log: LogForReading, manifest: BackupManifest) => Promise<void>;
  readonly onProgress: (what: string) => void;
  readonly signal?: AbortSignal;
}

const LOCK_FILE = 'lock.mdb';

const withCopy = async <Result>(log: string, codec: EventCodec | undefined, use: (copy: LogForReading) => Promise<Result>): Promise<Result> => {
  const copy = LogForReading.open(log, codec);
  try {
    return await use(copy);
  } finally {
    await copy.close();
    await rm(join(log, LOCK_FILE), { force: true });
  }
};

const copyLog = async (from: string, to: string): Promise<bigint> => {
  await mkdir(to, { recursive: true });
  const log = LogForReading.open(from);
  try {
    await log.copyTo(to);
  } finally {
    await log.close();
  }
  await flushFile(join(to, 'data.mdb'));
  return withCopy(to, undefined, (copy) => copy.head());
};

const assertFree = async (folder: string): Promise<void> => {
  if (existsSync(folder) && (await readdir(folder)).length > 0) throw new BackupUnusable(`${folder} is not empty: give each backup a folder of its own`);
};

/**
 * Copies the log, with checkpoints and dead letters, and then the stored files, so that every file that an event of the copy
 * names is there. The folder appears under its name when it is complete and its log was replayed.
 */
export const backUp = async ({ from, to, clock, bucket, codec, verify, onProgress, signal }: BackupOptions): Promise<BackupManifest> => {
  const target = resolve(to);
  await assertFree(target);
  const unfinished = join(dirname(target), `.${basename(target)}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    const takenAt = clock.now().toISOString();
    onProgress('copying the log');
    const head = await copyLog(join(resolve(from), 'log'), join(unfinished, 'log'));
    onProgress(bucket?.copyInto === null ? 'naming the files' : 'copying the files');
    const inBucket = bucket === null ? null : await backUpBucket(bucket, unfinished);
    const copies = inBucket === null ? await copyStoredFiles(join(resolve(from), 'files'), join(unfinished, 'files'), { onProgress, signal }) : [];
    onProgress('computing checksums');
    const files = [];
    for (const path of ['log/data.mdb', ...(inBucket?.paths ?? copies.map((copy) => `files/${copy}`))]) {
      signal?.throwIfAborted();
      files.push(await describeFile(unfinished, path));
    }
    // Positions of the embedded log count its events.
    const version = inBucket === null ? MANIFEST_VERSION_WITHOUT_BUCKET : MANIFEST_VERSION;
    const where = inBucket === null ? {} : { bucket: inBucket.manifest };
    const manifest: BackupManifest = { format: 'registrar-backup', version, takenAt, head: String(head), events: Number(head), files, ...where };
    onProgress('replaying the copy of the log');
    await withCopy(join(unfinished, 'log'), codec, (copy) => verify(copy, manifest));
    for (const file of files) await assertFile(unfinished, file);
    await writeFile(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    if (existsSync(target)) await rm(target, { recursive: true });
    await rename(unfinished, target);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
};
