import type { Outcome } from '../../commands/outcome.js';
import type { FileStore } from '../../ports/file-store.js';

/** A review of outcomes that removes the files which a success has left without a use. */
export const removingAll =
  <Value>(files: Pick<FileStore, 'delete'>, filesOf: (value: Value) => readonly string[]) =>
  async <Rejection extends string>(outcome: Outcome<Value, Rejection>): Promise<Outcome<Value, Rejection>> => {
    for (const file of outcome.ok ? filesOf(outcome.value) : []) await files.delete(file);
    return outcome;
  };

export const removing = <Value>(files: Pick<FileStore, 'delete'>, fileOf: (value: Value) => string | null) =>
  removingAll<Value>(files, (value) => {
    const file = fileOf(value);
    return file === null ? [] : [file];
  });
