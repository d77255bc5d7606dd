import { parseArgs } from 'node:util';
import type { BackupManifest } from '../adapters/embedded/backup-manifest.js';
import { restore } from '../adapters/embedded/restore.js';
import type { DomainEvent } from '../domain/events.js';
import { InvalidEvent } from '../log-copy/log-lines.js';
import { PassThroughCodec } from '../log-copy/pass-through-codec.js';
import { verifyLog } from '../log-copy/verify-log.js';
import type { EventStore } from '../ports/event-store.js';
import { DONE, type Command, type Terminal } from './command.js';

const verifier =
  ({ print, signal }: Terminal) =>
  async (store: EventStore<DomainEvent>, manifest: BackupManifest): Promise<void> => {
    const onProgress = (events: number): void => print(`${events} of ${manifest.events} events`);
    const { events, chained, head } = await verifyLog(store, { onProgress, signal });
    if (events !== manifest.events || String(head) !== manifest.head) {
      throw new InvalidEvent(`the log has ${events} events up to position ${head}; the backup was of ${manifest.events} up to ${manifest.head}`);
    }
    print(`${events} events read again: no gap in any stream, ${chained} links of hash chains hold`);
  };

/** Fills an empty DATA_DIR from a backup after replaying its log to check it. */
export const restoreCommand: Command<'data folder'> = {
  summary: 'fills an empty DATA_DIR from a backup and replays its log to prove it',
  usage: 'restore FOLDER',
  needs: 'data folder',
  parse: (args) => {
    const [folder, ...rest] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
    if (folder === undefined || rest.length > 0) return undefined;
    return async ({ dataDirectory }, terminal) => {
      const { print, signal } = terminal;
      const options = { from: folder, to: dataDirectory, codec: new PassThroughCodec(), verify: verifier(terminal), onProgress: print, signal };
      const { takenAt } = await restore(options);
      print(`restored into ${dataDirectory}, as it was on ${takenAt}. The read models are built at the next start`);
      return DONE;
    };
  },
};
