import type { DomainEvent } from '../domain/events.js';
import type { AppendResult, EventStore, NewEvent, Position, RecordedEvent } from '../ports/event-store.js';
import { wellFormed } from '../primitives/well-formed.js';
import { InvalidEvent } from './log-lines.js';

/** Below the least limit of a server for one append (1 MiB), with room for the envelope. */
const BYTES_PER_APPEND = 512 * 1_024;
const EVENTS_PER_APPEND = 128;
/** Where appends keep their order: at most so many, and so many bytes. */
const UNDER_WAY_IN_ORDER = 256;
const BYTES_UNDER_WAY = 16 * 1_024 * 1_024;

interface Run {
  readonly stream: string;
  readonly revision: number;
  readonly line: number;
  readonly events: NewEvent<DomainEvent>[];
  bytes: number;
}

/** The target did not take an append as the next one; `line` is that of its first event. */
export class NotTaken extends InvalidEvent {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const toNewEvent = ({ stream: _stream, revision: _revision, position: _position, ...event }: RecordedEvent<DomainEvent>): NewEvent<DomainEvent> => wellFormed(event);

/** Appends in order: consecutive events of one stream together, and as many appends at a time as keep the order. */
export class AppendWindow {
  readonly #store: EventStore<DomainEvent>;
  readonly #limit: number;
  #run: Run | undefined;
  #underWay: { readonly run: Run; readonly result: Promise<AppendResult> }[] = [];
  #bytes = 0;
  #position: Position;

  constructor(store: EventStore<DomainEvent>, position: Position) {
    this.#store = store;
    this.#limit = (store.keepsOrder ?? !store.shared) ? UNDER_WAY_IN_ORDER : 1;
    this.#position = position;
  }

  /** The position of the last event that the target is known to hold. */
  get position(): Position {
    return this.#position;
  }

  async add(event: RecordedEvent<DomainEvent>, line: number, bytes: number): Promise<void> {
    const { stream, revision } = event;
    const run = this.#run;
    const fits = run?.stream === stream && run.events.length < EVENTS_PER_APPEND && run.bytes + bytes <= BYTES_PER_APPEND;
    if (run !== undefined && fits) {
      run.events.push(toNewEvent(event));
      run.bytes += bytes;
      return;
    }
    await this.#send();
    this.#run = { stream, revision, line, events: [toNewEvent(event)], bytes };
  }

  async flush(): Promise<void> {
    await this.#send();
    while (this.#underWay.length > 0) await this.#settleOldest();
  }

  async #send(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    while (this.#underWay.length >= this.#limit || this.#bytes >= BYTES_UNDER_WAY) await this.#settleOldest();
    this.#run = undefined;
    const result = this.#store.append(run.stream, run.revision === 0 ? 'no_stream' : run.revision - 1, run.events);
    // Errors surface when the append is awaited.
    result.catch(() => undefined);
    this.#bytes += run.bytes;
    this.#underWay.push({ run, result });
  }

  async #settleOldest(): Promise<void> {
    const oldest = this.#underWay.shift();
    if (oldest === undefined) return;
    const { run } = oldest;
    this.#bytes -= run.bytes;
    const result = await oldest.result;
    if (!result.ok) throw new NotTaken(run.line, `${run.stream} stands at revision ${result.currentRevision} in the target: somebody else writes to it`);
    if (result.position <= this.#position) throw new NotTaken(run.line, `${run.stream} has revision ${run.revision} in the target already, at another place of the log`);
    this.#position = result.position;
  }
}
