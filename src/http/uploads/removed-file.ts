import type { Outcome } from '../../commands/outcome.js';
import { FileStoreUnavailable, type FileStore } from '../../ports/file-store.js';

/** Removes a file at once if that can be: where the store is away, whoever asked has what was asked for all the same. */
export const removeNow = (files: Pick<FileStore, 'delete'>, key: string): Promise<void> =>
  files.delete(key).catch((error: unknown) => {
    if (!(error instanceof FileStoreUnavailable)) throw error;
  });

/** A review of outcomes that removes the files which a success has left without a use. Its event names them, and a worker removes them, too. */
export const removingAll =
  <Value>(files: Pick<FileStore, 'delete'>, filesOf: (value: Value) => readonly string[]) =>
  async <Rejection extends string>(outcome: Outcome<Value, Rejection>): Promise<Outcome<Value, Rejection>> => {
    for (const file of outcome.ok ? filesOf(outcome.value) : []) await removeNow(files, file);
    return outcome;
  };

export const removing = <Value>(files: Pick<FileStore, 'delete'>, fileOf: (value: Value) => string | null) =>
  removingAll<Value>(files, (value) => {
    const file = fileOf(value);
    return file === null ? [] : [file];
  });
