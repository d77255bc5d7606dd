import type { BackupManifest } from './adapters/embedded/backup-manifest.js';
import { restore } from './adapters/embedded/restore.js';
import type { DomainEvent } from './domain/events.js';
import { PassThroughCodec } from './log-copy/pass-through-codec.js';
import { InvalidEvent } from './log-copy/log-lines.js';
import { verifyLog } from './log-copy/verify-log.js';
import type { EventStore } from './ports/event-store.js';

export interface RestoreCommandParts {
  readonly dataDirectory: string;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

const USAGE = 'usage: npm run restore -- FOLDER';

/** Fills an empty DATA_DIR from a backup and replays its log; answers the exit code. */
export const runRestoreCommand = async (args: readonly string[], { dataDirectory, print, signal }: RestoreCommandParts): Promise<number> => {
  const [folder, ...rest] = args;
  if (folder === undefined || rest.length > 0) {
    print(USAGE);
    return 2;
  }
  const verify = async (store: EventStore<DomainEvent>, manifest: BackupManifest): Promise<void> => {
    const onProgress = (events: number): void => print(`${events} of ${manifest.events} events`);
    const { events, chained, head } = await verifyLog(store, { onProgress, signal });
    if (events !== manifest.events || String(head) !== manifest.head) {
      throw new InvalidEvent(`the log has ${events} events up to position ${head}; the backup was of ${manifest.events} up to ${manifest.head}`);
    }
    print(`${events} events read again: no gap in any stream, ${chained} links of hash chains hold`);
  };
  const { takenAt } = await restore({ from: folder, to: dataDirectory, codec: new PassThroughCodec(), verify, onProgress: print });
  print(`restored into ${dataDirectory}, as it was on ${takenAt}. The read models are built at the next start`);
  return 0;
};
