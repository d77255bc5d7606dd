import type { Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';

/**
 * The checkpoint of a worker that takes events in at once and finishes them in any order. It stays before the oldest event
 * that is not finished: after a restart the worker sees this event and at most the later ones again.
 */
export class OutOfOrderCheckpoint implements Checkpoints {
  readonly #checkpoints: Checkpoints;
  readonly #name: string;
  /** By event: the position to go on from to be given it again. */
  readonly #before = new Map<string, Position>();
  #reached: Position = 0n;
  #saved: Position | undefined;
  #saving: Promise<void> | undefined;

  constructor(checkpoints: Checkpoints, name: string) {
    this.#checkpoints = checkpoints;
    this.#name = name;
  }

  async get(name: string): Promise<Position> {
    this.#reached = await this.#checkpoints.get(name);
    return this.#reached;
  }

  async set(_name: string, position: Position): Promise<void> {
    this.#reached = position;
    await this.#save();
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
    await this.#save();
  }

  #save(): Promise<void> {
    // One write at a time: callers that come meanwhile share it, and it repeats until the newest position is written.
    this.#saving ??= this.#write();
    return this.#saving;
  }

  async #write(): Promise<void> {
    // The caller has to keep this promise first.
    await Promise.resolve();
    try {
      for (let target = this.#lowest(); target !== this.#saved; target = this.#lowest()) {
        await this.#checkpoints.set(this.#name, target);
        this.#saved = target;
      }
    } finally {
      // In the turn of the last look: a caller between the two would share a write that no longer looks.
      this.#saving = undefined;
    }
  }

  #lowest(): Position {
    let lowest = this.#reached;
    for (const before of this.#before.values()) if (before < lowest) lowest = before;
    return lowest;
  }
}
