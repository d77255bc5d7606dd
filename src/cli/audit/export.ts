import { open, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DONE, INTERRUPTED, type Action, type Command } from '../command.js';
import { auditedLines, auditedLog } from './audited-lines.js';

const TELL_EVERY = 50_000;

const exportTo =
  (path: string): Action<'audited log'> =>
  async ({ raw, origin }, { print, signal }) => {
    const log = await auditedLog(raw, origin);
    const newest = log.checkpoints.at(-1);
    const temporary = `${path}.part`;
    const file = await open(temporary, 'w', 0o600);
    let lines = 0;
    let told = 0;
    try {
      for await (const block of auditedLines(log, 'signed')) {
        if (signal.aborted) break;
        await file.write(block.join(''));
        lines += block.length;
        if (lines - told < TELL_EVERY) continue;
        told = lines;
        print(`${lines} lines${newest === undefined ? '' : `, of ${newest.size} events`}`);
      }
      await file.sync();
    } finally {
      await file.close();
      if (signal.aborted) await rm(temporary, { force: true });
    }
    if (signal.aborted) return INTERRUPTED;
    await rename(temporary, path);
    print(newest === undefined ? `${path}: every event, and no checkpoint: nothing was signed yet` : `${path}: the ${newest.size} events of the newest checkpoint, signed ${newest.signedAt} with ${newest.vkey}`);
    return DONE;
  };

/** Writes every event of payments and coupons up to the newest checkpoint into a file that needs no server to be verified. */
export const auditExportCommand: Command<'audited log'> = {
  summary: 'writes the events of payments and coupons with their checkpoints into a file',
  usage: 'audit export FILE',
  needs: 'audited log',
  parse: (args) => {
    const [file, ...rest] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
    return file === undefined || rest.length > 0 ? undefined : exportTo(file);
  },
};
