import { EventCodec } from './domain/event-codec.js';
import { ExportFile } from './log-copy/export-file.js';
import { exportLog, isIn, type ExportProgress, type LogSource } from './log-copy/export-log.js';
import { fromLine } from './log-copy/log-lines.js';
import type { Position } from './ports/event-store.js';

export interface ExportCommandParts {
  readonly source: LogSource;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

const USAGE = 'usage: npm run export -- FILE [--after POSITION]';
const INTERRUPTED = 130;
const TELL_EVERY = 10_000;

interface Asked {
  readonly file: string;
  readonly after: Position;
}

const asked = ([file, option, value, ...rest]: readonly string[]): Asked | undefined => {
  if (file === undefined || file.startsWith('-') || rest.length > 0) return undefined;
  if (option === undefined) return { file, after: 0n };
  return option === '--after' && value !== undefined && /^\d{1,40}$/.test(value) ? { file, after: BigInt(value) } : undefined;
};

/** Writes the log into a file, or what has come since to the end of it; answers the exit code. */
export const runExportCommand = async (args: readonly string[], { source, print, signal }: ExportCommandParts): Promise<number> => {
  const request = asked(args);
  if (request === undefined) {
    print(USAGE);
    return 2;
  }
  const head = await source.head();
  const file = await ExportFile.open(request.file);
  let told = 0;
  const onProgress = ({ events, position }: ExportProgress): void => {
    if (events - told < TELL_EVERY) return;
    told = events;
    print(`${events} events, at position ${position} of ${head}`);
  };
  try {
    const after = file.lastLine === null ? request.after : await positionOf(file.lastLine, source);
    if (after === undefined) {
      print(`${request.file} is not an export of this log: its last line is no event of it. Nothing was written; name another file`);
      return 1;
    }
    if (file.lastLine !== null) print(`going on after position ${after}`);
    await file.cut();
    const { events, position } = await exportLog({ source, after, write: (lines) => file.write(lines), signal, onProgress });
    print(signal.aborted ? `interrupted after ${events} events, at position ${position}: the same command goes on there` : `${events} events exported, up to position ${position}`);
    return signal.aborted ? INTERRUPTED : 0;
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
