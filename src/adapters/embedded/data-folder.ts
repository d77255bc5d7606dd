import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FolderLock } from './folder-lock.js';

export { DataFolderInUse } from './folder-lock.js';

/** Where the embedded adapters keep things. Owned by one server at a time. */
export interface DataFolder {
  readonly root: string;
  readonly log: string;
  readonly readModels: string;
  readonly outbox: string;
  readonly files: string;
  readonly answers: string;
  /** Gives the folder free for another server; last of all. */
  close(): void;
}

/** Makes the folder when there is none, and takes it for this process. Throws DataFolderInUse when another server has it. */
export const openDataFolder = (path: string): DataFolder => {
  const root = resolve(path);
  // Log and secrets are nobody else's business.
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
