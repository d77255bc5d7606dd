import type { Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';
import { CoalescedCheckpoint } from '../../primitives/coalesced-checkpoint.js';

/**
 * The checkpoint of a worker that takes events in at once and finishes them in any order. It stays before the oldest event
 * that is not finished: after a restart the worker sees this event and at most the later ones again.
 */
export class OutOfOrderCheckpoint implements Checkpoints {
  readonly #checkpoints: Checkpoints;
  readonly #checkpoint: CoalescedCheckpoint;
  /** By event: the position to go on from to be given it again. */
  readonly #before = new Map<string, Position>();
  #reached: Position = 0n;

  constructor(checkpoints: Checkpoints, name: string) {
    this.#checkpoints = checkpoints;
    this.#checkpoint = new CoalescedCheckpoint(checkpoints, name, () => this.#lowest());
  }

  async get(name: string): Promise<Position> {
    this.#reached = await this.#checkpoints.get(name);
    return this.#reached;
  }

  async set(_name: string, position: Position): Promise<void> {
    if (position > this.#reached) this.#reached = position;
    await this.#checkpoint.save();
  }

  get size(): number {
    return this.#before.size;
  }

  /** False when the event is being worked on already. */
  begin(event: { readonly id: string; readonly position: Position }): boolean {
    const isNew = !this.#before.has(event.id);
    if (isNew) this.#before.set(event.id, this.#reached);
    this.#reached = event.position;
    return isNew;
  }

  async finish(event: { readonly id: string }): Promise<void> {
    this.#before.delete(event.id);
    await this.#checkpoint.save();
  }

  #lowest(): Position {
    let lowest = this.#reached;
    for (const before of this.#before.values()) if (before < lowest) lowest = before;
    return lowest;
  }
}
