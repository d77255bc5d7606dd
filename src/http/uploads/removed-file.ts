import type { Outcome } from '../../commands/outcome.js';
import type { FileStore } from '../../ports/file-store.js';

type Files = Pick<FileStore, 'delete'>;

/** Removes files that a change put out of use, after it. */
export const removingAll =
  <Value>(files: Files, filesOf: (value: Value) => readonly string[]) =>
  async <Rejection extends string>(outcome: Outcome<Value, Rejection>): Promise<Outcome<Value, Rejection>> => {
    for (const file of outcome.ok ? filesOf(outcome.value) : []) await files.delete(file);
    return outcome;
  };

export const removing = <Value>(files: Files, fileOf: (value: Value) => string | null) =>
  removingAll<Value>(files, (value) => {
    const file = fileOf(value);
    return file === null ? [] : [file];
  });
