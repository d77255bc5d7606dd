import { parseArgs } from 'node:util';
import { EventCodec } from '../domain/event-codec.js';
import { ExportFile } from '../log-copy/export-file.js';
import { exportLog, isIn, type ExportProgress, type LogSource } from '../log-copy/export-log.js';
import { fromLine } from '../log-copy/log-lines.js';
import type { Position } from '../ports/event-store.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command, type Terminal } from './command.js';

const TELL_EVERY = 10_000;
const POSITION = /^\d{1,40}$/;

const progressOf = (head: Position, print: Terminal['print']): ((progress: ExportProgress) => void) => {
  let told = 0;
  return ({ events, position }) => {
    if (events - told < TELL_EVERY) return;
    told = events;
    print(`${events} events, at position ${position} of ${head}`);
  };
};

const exportTo =
  (path: string, from: Position): Action<'log'> =>
  async ({ source }, { print, signal }) => {
    const head = await source.head();
    const file = await ExportFile.open(path);
    try {
      const after = file.lastLine === null ? from : await positionOf(file.lastLine, source);
      if (after === undefined) {
        print(`${path} is not an export of this log: its last line is no event of it. Nothing was written; name another file`);
        return FAILED;
      }
      if (file.lastLine !== null) print(`going on after position ${after}`);
      await file.cut();
      const write = (lines: Parameters<typeof file.write>[0]): Promise<void> => file.write(lines);
      const { events, position } = await exportLog({ source, after, write, signal, onProgress: progressOf(head, print) });
      print(signal.aborted ? `interrupted after ${events} events, at position ${position}: the same command goes on there` : `${events} events exported, up to position ${position}`);
      return signal.aborted ? INTERRUPTED : DONE;
    } finally {
      await file.close();
    }
  };

const positionOf = async (line: string, source: LogSource): Promise<Position | undefined> => {
  try {
    const event = fromLine(line, new EventCodec());
    return (await isIn(source, event)) ? event.position : undefined;
  } catch {
    return undefined;
  }
};

/** Writes the log into a file, one line for each event, or appends the events since its last line. */
export const exportCommand: Command<'log'> = {
  summary: 'writes the whole log into a file, or what has come since to the end of it',
  usage: 'export FILE [--after POSITION]',
  needs: 'log',
  parse: (args) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { after: { type: 'string', default: '0' } } });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0 || !POSITION.test(values.after)) return undefined;
    return exportTo(file, BigInt(values.after));
  },
};
