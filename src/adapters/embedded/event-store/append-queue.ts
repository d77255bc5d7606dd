import { EventStoreUnavailable } from '../../../ports/event-store.js';
import type { PendingAppend, SettledAppend } from './append-group.js';

export interface GroupCommit {
  /**
   * Runs `take` in a write transaction, writes what it gives and resolves after the flush.
   * Rejects when nothing of it was written.
   */
  (take: () => readonly PendingAppend[]): Promise<readonly SettledAppend[]>;
}

/** While one transaction is flushed, the next one is filled; a third would only make smaller groups. */
const TRANSACTIONS_UNDER_WAY = 2;
const GROUP_SIZE = 512;

/** Gathers concurrent appends, so that they share a transaction and its flush. */
export class AppendQueue {
  readonly #commit: GroupCommit;
  #pending: PendingAppend[] = [];
  #underWay = 0;
  #requested = false;
  #refusal: EventStoreUnavailable | undefined;
  #idle: (() => void) | undefined;

  constructor(commit: GroupCommit) {
    this.#commit = commit;
  }

  push(append: PendingAppend): void {
    if (this.#refusal !== undefined) {
      append.reject(this.#refusal);
      return;
    }
    this.#pending.push(append);
    this.#request();
  }

  /** Takes no more appends and resolves when those under way are answered. */
  async close(): Promise<void> {
    this.#refusal ??= new EventStoreUnavailable('the event store is closed');
    if (this.#underWay > 0 || this.#pending.length > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #request(): void {
    if (this.#requested || this.#underWay === TRANSACTIONS_UNDER_WAY || this.#pending.length === 0) return;
    this.#requested = true;
    this.#underWay += 1;
    let group: readonly PendingAppend[] = [];
    const take = (): readonly PendingAppend[] => {
      this.#requested = false;
      group = this.#pending.length <= GROUP_SIZE ? this.#pending : this.#pending.slice(0, GROUP_SIZE);
      this.#pending = this.#pending.slice(group.length);
      return group;
    };
    this.#commit(take).then(
      (settled) => this.#answer(settled),
      (error: unknown) => this.#fail(group, error),
    );
  }

  #answer(settled: readonly SettledAppend[]): void {
    for (const { pending, outcome } of settled) {
      if (outcome instanceof Error) pending.reject(outcome);
      else pending.resolve(outcome);
    }
    this.#done();
  }

  /** After a failed write nothing is known for sure but what is on disk: only opening the log anew tells. */
  #fail(group: readonly PendingAppend[], cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.#refusal = new EventStoreUnavailable(`writing to the event log failed (${reason}); restart the server`, { cause });
    for (const { reject } of [...group, ...this.#pending]) reject(this.#refusal);
    this.#pending = [];
    this.#requested = false;
    this.#done();
  }

  #done(): void {
    this.#underWay -= 1;
    this.#request();
    if (this.#underWay === 0 && this.#pending.length === 0) this.#idle?.();
  }
}
