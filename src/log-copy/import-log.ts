import type { EventCodec } from '../domain/event-codec.js';
import type { DomainEvent } from '../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { AppendWindow, NotTaken } from './append-window.js';
import { LogCheck } from './log-check.js';
import { fromLine, InvalidEvent } from './log-lines.js';
import type { NumberedLine } from './numbered-lines.js';

export interface ImportProgress {
  readonly standing: number;
  readonly imported: number;
  readonly chained: number;
  readonly replaced: readonly string[];
}

export interface ImportOptions {
  readonly target: EventStore<DomainEvent>;
  readonly lines: AsyncIterable<NumberedLine>;
  readonly codec: EventCodec;
  readonly acceptReplacedText?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Everything before a wrong line is imported, nothing after it. */
export class WrongLine extends Error {
  override readonly name = 'WrongLine';

  constructor(
    readonly line: number,
    reason: string,
  ) {
    super(`line ${line}: ${reason}`);
  }
}

const PROGRESS_EVERY = 1_000;

const isSame = (one: RecordedEvent<DomainEvent>, other: RecordedEvent<DomainEvent>): boolean =>
  one.id === other.id && one.stream === other.stream && one.revision === other.revision;

/** The events that the target holds already, compared one by one with the first lines. */
class Standing {
  readonly #events: AsyncIterator<RecordedEvent<DomainEvent>>;
  #ended = false;
  count = 0;
  position: Position = 0n;

  constructor(target: EventStore<DomainEvent>, after: Position = 0n) {
    this.#events = target.readAll({ after })[Symbol.asyncIterator]();
  }

  async next(): Promise<RecordedEvent<DomainEvent> | undefined> {
    if (this.#ended) return undefined;
    const { value, done } = await this.#events.next();
    this.#ended = done === true;
    return done === true ? undefined : value;
  }

  /** False when the target holds nothing more: from here on lines are appended. */
  async holds(event: RecordedEvent<DomainEvent>): Promise<boolean> {
    const standing = await this.next();
    if (standing === undefined) return false;
    if (!isSame(standing, event)) {
      throw new InvalidEvent(`the target holds another log: there, revision ${standing.revision} of ${standing.stream} (${standing.id}) is in this place`);
    }
    this.count += 1;
    this.position = standing.position;
    return true;
  }
}

const eventOf = ({ text, whole, unicode }: NumberedLine, codec: EventCodec): RecordedEvent<DomainEvent> => {
  if (!whole) throw new InvalidEvent('has no end: the export was interrupted, run it again');
  if (!unicode) throw new InvalidEvent('is not UTF-8');
  return fromLine(text, codec);
};

/** Appends the lines that the target does not hold yet. Throws WrongLine. */
export const importLog = async ({ target, lines, codec, acceptReplacedText = false, signal, onProgress }: ImportOptions): Promise<ImportProgress> => {
  const standing = new Standing(target);
  let window: AppendWindow | undefined;
  const flush = async (): Promise<void> => window?.flush();
  const check = new LogCheck(target, { written: flush, acceptReplacedText });
  let line = 0;
  const progress = (): ImportProgress => {
    const { events, chained, replaced } = check.counts;
    return { standing: standing.count, imported: events - standing.count, chained, replaced };
  };
  try {
    for await (const numbered of lines) {
      if (signal.aborted) break;
      line = numbered.number;
      const event = eventOf(numbered, codec);
      await check.next(event);
      if (window !== undefined || !(await standing.holds(event))) {
        window ??= new AppendWindow(target, standing.position);
        await window.add(event, line, Buffer.byteLength(numbered.text));
      }
      if (check.counts.events % PROGRESS_EVERY === 0) onProgress(progress());
    }
    await flush();
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    if (!(error instanceof NotTaken)) await flush().catch((other: unknown) => rethrow(other, line));
    rethrow(error, line);
  }
  if (!signal.aborted) await assertNothingElse(target, standing, window, line);
  return progress();
};

const rethrow = (error: unknown, line: number): never => {
  if (!(error instanceof InvalidEvent)) throw error;
  throw new WrongLine(error instanceof NotTaken ? error.line : line, error.message);
};

const assertNothingElse = async (target: EventStore<DomainEvent>, standing: Standing, window: AppendWindow | undefined, line: number): Promise<void> => {
  const rest = window === undefined ? standing : new Standing(target, window.position);
  if ((await rest.next()) === undefined) return;
  throw new WrongLine(line, 'the target holds more events than the file: somebody else wrote to it, or the file is older');
};
