import { LogForReading } from '../../adapters/embedded/event-store/log-for-reading.js';
import { reportText } from '../../audit-verifier/report-text.js';
import { readKey } from '../../audit-verifier/signed-note.js';
import { verifyExport, type Line } from '../../audit-verifier/verify-export.js';
import type { Config } from '../../config.js';
import { PassThroughCodec } from '../../log-copy/pass-through-codec.js';
import { auditedLines, auditedLog } from '../audit/audited-lines.js';
import type { Terminal } from '../command.js';

/** Whether hash chains, tree and checkpoints of a log hold, by the keys that it names. */
export const verifyTree = async ({ audit }: Pick<Config, 'audit'>, folder: string, print: Terminal['print']): Promise<boolean> => {
  const source = LogForReading.open(folder, new PassThroughCodec());
  try {
    const log = await auditedLog(source, 'registrar');
    const keys = [...new Set(log.checkpoints.map(({ vkey }) => vkey))].flatMap((vkey) => readKey(vkey) ?? []);
    const lines = async function* (): AsyncGenerator<readonly Line[], void, undefined> {
      for await (const block of auditedLines(log, 'all')) yield block.map((line) => line.slice(0, -1));
    };
    const report = await verifyExport(lines, { keys, checkpoints: [], onProgress: () => undefined });
    for (const line of reportText(report)) print(line);
    if (log.checkpoints.length === 0) print(audit === null ? 'AUDIT is off: there are no checkpoints' : 'nothing was signed yet');
    return report.count === 0;
  } finally {
    await source.close();
  }
};
