import type { BackupManifest } from '../adapters/embedded/backup-manifest.js';
import { InvalidEvent } from '../log-copy/log-lines.js';
import { verifyLog, type CheckableLog } from '../log-copy/verify-log.js';
import type { Terminal } from './command.js';
import { tellReplacedText } from './replaced-text-report.js';

/** Replays the log of a backup and compares it with the manifest. */
export const logVerifier =
  ({ print, signal }: Terminal, acceptReplacedText: boolean) =>
  async (log: CheckableLog, manifest: Pick<BackupManifest, 'events' | 'head'>): Promise<void> => {
    const onProgress = (events: number): void => print(`${events} of ${manifest.events} events`);
    const { events, chained, replaced, head } = await verifyLog(log, { onProgress, signal, acceptReplacedText });
    if (events !== manifest.events || String(head) !== manifest.head) {
      throw new InvalidEvent(`the log has ${events} events up to position ${head}; the backup was of ${manifest.events} up to ${manifest.head}`);
    }
    tellReplacedText(replaced, print);
    print(`${events} events read again: no gap in any stream, ${chained} links of hash chains hold`);
  };
