import { EventCodec } from './domain/event-codec.js';
import type { DomainEvent } from './domain/events.js';
import { importLog, WrongLine, type ImportProgress } from './log-copy/import-log.js';
import { numberedLines } from './log-copy/numbered-lines.js';
import type { EventStore } from './ports/event-store.js';

export interface ImportCommandParts {
  readonly target: EventStore<DomainEvent>;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

const USAGE = 'usage: npm run import -- FILE';
const INTERRUPTED = 130;
const TELL_EVERY = 10_000;

const said = ({ standing, imported, chained }: ImportProgress): string =>
  `${imported} events imported${standing === 0 ? '' : `, ${standing} stood there already`}; ${chained} links of hash chains checked`;

/** Fills the log from an exported file; answers the exit code. */
export const runImportCommand = async (args: readonly string[], { target, print, signal }: ImportCommandParts): Promise<number> => {
  const [file, ...rest] = args;
  if (file === undefined || rest.length > 0) {
    print(USAGE);
    return 2;
  }
  let told = 0;
  const onProgress = (progress: ImportProgress): void => {
    const seen = progress.standing + progress.imported;
    if (seen - told < TELL_EVERY) return;
    told = seen;
    print(said(progress));
  };
  try {
    const progress = await importLog({ target, lines: numberedLines(file), codec: new EventCodec(), signal, onProgress });
    print(said(progress));
    if (signal.aborted) print('interrupted: the same command goes on there');
    return signal.aborted ? INTERRUPTED : 0;
  } catch (error) {
    if (!(error instanceof WrongLine)) throw error;
    print(`${error.message}. Nothing from this line on was imported`);
    return 1;
  }
};
