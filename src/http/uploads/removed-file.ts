import type { Outcome } from '../../commands/outcome.js';
import type { FileStore } from '../../ports/file-store.js';

export const removing =
  <Value>(files: Pick<FileStore, 'delete'>, fileOf: (value: Value) => string | null) =>
  async <Rejection extends string>(outcome: Outcome<Value, Rejection>): Promise<Outcome<Value, Rejection>> => {
    const file = outcome.ok ? fileOf(outcome.value) : null;
    if (file !== null) await files.delete(file);
    return outcome;
  };
