import { EventStoreUnavailable } from '../../../ports/event-store.js';
import type { PendingAppend, SettledAppend, WrittenGroup } from './append-group.js';

/** Begins to write these appends; `alone` when nothing else is being written. */
export type GroupWrite = (group: readonly PendingAppend[], alone: boolean) => WrittenGroup;

export type GroupFlushed = (settled: readonly SettledAppend[]) => void;

/** One group may be written while another is flushed; a third would only make groups smaller. */
const GROUPS_UNDER_WAY = 2;
const GROUP_SIZE = 512;
/** A transaction costs as much to begin as many events to write: smaller groups wait for the end of the turn. */
const EARLY_GROUP = 16;
/** The least size of a group while another one is being flushed. */
const EARLY_SECOND_GROUP = 64;

/** Gathers concurrent appends, so that they share a transaction and its flush. */
export class AppendQueue {
  readonly #write: GroupWrite;
  readonly #flushed: GroupFlushed;
  #pending: PendingAppend[] = [];
  #outstanding = 0;
  #underWay = 0;
  #turn: NodeJS.Immediate | undefined;
  /** The first append that waits was postponed until nothing is being written. */
  #isPostponing = false;
  #isClosed = false;
  #failure: EventStoreUnavailable | undefined;
  #idle: (() => void) | undefined;

  constructor(write: GroupWrite, flushed: GroupFlushed) {
    this.#write = write;
    this.#flushed = flushed;
  }

  get failure(): EventStoreUnavailable | undefined {
    return this.#failure;
  }

  push(append: PendingAppend): void {
    if (this.#failure !== undefined || this.#isClosed) {
      append.reject(this.#failure ?? new EventStoreUnavailable('the event store is closed'));
      return;
    }
    this.#pending.push(append);
    this.#outstanding += 1;
    // One half of the waiting appends is written while the other half is being decided, so that the disk and this thread work at
    // the same time.
    const enough = Math.max(this.#underWay === 0 ? EARLY_GROUP : EARLY_SECOND_GROUP, this.#outstanding >> 1);
    if (this.#pending.length >= enough) this.#next();
    else this.#turn ??= setImmediate(() => this.#next());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#outstanding > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #next(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    if (this.#pending.length === 0) return;
    if (this.#underWay >= (this.#isPostponing ? 1 : GROUPS_UNDER_WAY)) return;
    const group = this.#pending.length <= GROUP_SIZE ? this.#pending : this.#pending.slice(0, GROUP_SIZE);
    const later = this.#pending.slice(group.length);
    let written: WrittenGroup;
    try {
      written = this.#write(group, this.#underWay === 0);
    } catch (error) {
      this.#fail(error);
      return;
    }
    const { settled, postponed, flushed } = written;
    this.#pending = postponed.length === 0 ? later : [...postponed, ...later];
    this.#isPostponing = postponed.length > 0;
    this.#underWay += 1;
    flushed.then(
      () => this.#done(settled),
      (error: unknown) => {
        this.#fail(error);
        this.#done(settled);
      },
    );
  }

  #done(settled: readonly SettledAppend[]): void {
    this.#underWay -= 1;
    if (this.#failure === undefined) {
      this.#flushed(settled);
      // The next group comes first, so that it is written while these are answered.
      this.#next();
    }
    for (const { pending, outcome } of settled) {
      // After a failed flush the next one says nothing about the writes of the first.
      if (this.#failure !== undefined) pending.reject(this.#failure);
      else if (outcome instanceof Error) pending.reject(outcome);
      else pending.resolve(outcome);
    }
    this.#answered(settled.length);
  }

  /** After a failed write the state is unknown until the log is reopened. */
  #fail(cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#failure ??= new EventStoreUnavailable(`writing to the event log failed (${reason}); restart the server`, { cause });
    const waiting = this.#pending;
    this.#pending = [];
    for (const { reject } of waiting) reject(this.#failure);
    this.#answered(waiting.length);
  }

  #answered(count: number): void {
    this.#outstanding -= count;
    if (this.#outstanding === 0) this.#idle?.();
  }
}
