import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore } from '../../ports/event-store.js';
import { assertFile, BackupUnusable, readManifest, type BackupManifest } from './backup-manifest.js';
import { openDataFolder } from './data-folder.js';
import { LmdbEventStore } from './event-store/lmdb-event-store.js';
import { openLogEnvironment } from './event-store/log-environment.js';
import { copyWhole, TELL_EVERY } from './file-copies.js';

export interface RestoreOptions {
  readonly from: string;
  /** DATA_DIR: it may hold nothing but secrets. */
  readonly to: string;
  readonly codec: EventCodec;
  /** Replays the restored log before it is put in place; throws when something is wrong with it. */
  readonly verify: (store: EventStore<DomainEvent>, manifest: BackupManifest) => Promise<void>;
  readonly onProgress: (what: string) => void;
  readonly signal?: AbortSignal;
}

export class DataFolderNotEmpty extends Error {
  override readonly name = 'DataFolderNotEmpty';
}

const UNFINISHED = 'restoring';
const mayStay = (name: string): boolean => /\.secret(\.|$)/.test(name) || name.startsWith('server.lock') || name === UNFINISHED;

const assertEmpty = async (folder: string): Promise<void> => {
  const others = (await readdir(folder)).filter((name) => !mayStay(name));
  if (others.length > 0) {
    throw new DataFolderNotEmpty(`${folder} is not empty (${others.slice(0, 3).join(', ')}): restore into an empty one, or move what is there away`);
  }
};

const verified = async (log: string, { codec, verify }: RestoreOptions, manifest: BackupManifest): Promise<void> => {
  const store = new LmdbEventStore(await openLogEnvironment(log), { codec });
  try {
    await verify(store, manifest);
  } finally {
    await store.close();
  }
};

const copyFiles = async (from: string, to: string, { files }: BackupManifest, { onProgress, signal }: RestoreOptions): Promise<void> => {
  onProgress(`copying ${files.length} files`);
  for (const [done, file] of files.entries()) {
    signal?.throwIfAborted();
    if (done > 0 && done % TELL_EVERY === 0) onProgress(`${done} of ${files.length} files`);
    await copyWhole(join(from, file.path), join(to, file.path)).catch((error: unknown) => {
      throw new BackupUnusable(`${file.path} can't be copied from ${from}`, { cause: error });
    });
    await assertFile(to, file);
  }
};

/** Throws, without having put anything in place, unless the backup is complete and unchanged. */
export const restore = async (options: RestoreOptions): Promise<BackupManifest> => {
  const { to } = options;
  const from = resolve(options.from);
  const manifest = await readManifest(from);
  const folder = openDataFolder(to);
  const unfinished = join(folder.root, UNFINISHED);
  try {
    await assertEmpty(folder.root);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await copyFiles(from, unfinished, manifest, options);
    options.onProgress('replaying the log');
    await verified(join(unfinished, 'log'), options, manifest);
    if (existsSync(join(unfinished, 'files'))) await rename(join(unfinished, 'files'), folder.files);
    await rename(join(unfinished, 'log'), folder.log);
    return manifest;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    folder.close();
  }
};
