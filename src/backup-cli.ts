import { backUp } from './adapters/embedded/backup.js';
import type { Clock } from './ports/clock.js';

export interface BackupCommandParts {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

const USAGE = 'usage: npm run backup -- FOLDER';

/** Copies log and files of DATA_DIR, a server may be running on it; answers the exit code. */
export const runBackupCommand = async (args: readonly string[], { dataDirectory, clock, print }: BackupCommandParts): Promise<number> => {
  const [folder, ...rest] = args;
  if (folder === undefined || rest.length > 0) {
    print(USAGE);
    return 2;
  }
  const { events, head, files } = await backUp({ from: dataDirectory, to: folder, clock, onProgress: print });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  print(`${folder}: ${events} events up to position ${head}, ${files.length} files, ${bytes} bytes. Secrets are not in it: keep them apart`);
  return 0;
};
