import type { Outcome } from '../../commands/outcome.js';
import type { FileStore } from '../../ports/file-store.js';

/** Removes the file that a use case has made useless, before its answer waits for the read models. */
export const removing =
  <Value>(files: Pick<FileStore, 'delete'>, fileOf: (value: Value) => string | null) =>
  async <Rejection extends string>(outcome: Outcome<Value, Rejection>): Promise<Outcome<Value, Rejection>> => {
    const file = outcome.ok ? fileOf(outcome.value) : null;
    if (file !== null) await files.delete(file);
    return outcome;
  };
