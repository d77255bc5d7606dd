import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FolderLock } from './folder-lock.js';

export { DataFolderInUse } from './folder-lock.js';

/** The folders of the embedded adapters, owned by one server at a time. */
export interface DataFolder {
  readonly root: string;
  readonly log: string;
  readonly readModels: string;
  readonly outbox: string;
  readonly files: string;
  readonly answers: string;
  /** Frees the folder for another server; call it last. */
  close(): void;
}

/** Makes the folder if there is none and locks it for this process. Throws DataFolderInUse when another server has it. */
export const openDataFolder = (path: string): DataFolder => {
  const root = resolve(path);
  // Log and secrets are for this user alone.
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const lock = FolderLock.take(root);
  return {
    root,
    log: join(root, 'log'),
    readModels: join(root, 'read-models'),
    outbox: join(root, 'outbox'),
    files: join(root, 'files'),
    answers: join(root, 'answers'),
    close: () => lock.release(),
  };
};
