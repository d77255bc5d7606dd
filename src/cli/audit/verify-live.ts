import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { reportText } from '../../audit-verifier/report-text.js';
import { readKey } from '../../audit-verifier/signed-note.js';
import { verifyExport, type Line } from '../../audit-verifier/verify-export.js';
import { DONE, FAILED, WRONG_USAGE, type Action, type Command } from '../command.js';
import { auditedLines, auditedLog, type AuditedLog } from './audited-lines.js';
import { compareReadModels } from './compare-read-models.js';

/** As the verifier's: it could not check. */
export const NOT_CHECKED = WRONG_USAGE;

const linesOf = (log: AuditedLog) =>
  async function* (): AsyncGenerator<readonly Line[], void, undefined> {
    for await (const block of auditedLines(log, 'all')) yield block.map((line) => line.slice(0, -1));
  };

interface Asked {
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
}

const verify =
  ({ keys, checkpoints }: Asked): Action<'audited log'> =>
  async (needed, { print, signal }) => {
    try {
      const log = await auditedLog(needed.raw, needed.origin);
      const vkeys = keys.length > 0 ? keys : [...new Set(log.checkpoints.map(({ vkey }) => vkey))];
      if (keys.length === 0 && vkeys.length > 0) print(`verified with the keys that the log itself names: ${vkeys.join(' ')}; --key says which are trusted`);
      const read = vkeys.flatMap((vkey) => readKey(vkey) ?? []);
      if (read.length < vkeys.length) throw new Error('one of the keys is none');
      const old = await Promise.all(checkpoints.map(async (name) => ({ name, note: await readFile(name, 'utf8') })));
      const onProgress = (pass: number, events: number): void => print(`${events} events${pass === 1 ? '' : `, pass ${pass}`}`);
      const report = await verifyExport(linesOf(log), { keys: read, checkpoints: old, onProgress });
      for (const line of reportText(report)) print(line);
      const { differences, problem } = await compareReadModels(needed, print, signal);
      for (const difference of differences) print(`read model differs: ${difference}`);
      if (report.count > 0 || differences.length > 0) return FAILED;
      if (problem !== null) print(`not checked: ${problem}`);
      // Events of the last minutes are not signed yet, and a log of an older build has no checkpoint at all.
      return problem === null ? DONE : NOT_CHECKED;
    } catch (error) {
      print(`could not check: ${error instanceof Error ? error.message : String(error)}`);
      return NOT_CHECKED;
    }
  };

/** Verifies the log itself, and compares the read models with a replay. */
export const auditVerifyCommand: Command<'audited log'> = {
  summary: 'verifies an export, or the log itself and the read models',
  usage: 'audit verify [FILE] [--key VKEY ...] [--checkpoint FILE ...]',
  needs: 'audited log',
  parse: (args) => {
    const options = { key: { type: 'string', multiple: true }, checkpoint: { type: 'string', multiple: true } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return positionals.length > 0 ? undefined : verify({ keys: values.key ?? [], checkpoints: values.checkpoint ?? [] });
  },
};
