import type { DomainEvent } from '../../domain/events.js';
import type { Position, RecordedEvent } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import { KeptAnswers } from './kept-answers.js';
import type { PastPart } from './past-part.js';

/** The read models of one moment, as far as they were asked for. */
export class Past {
  /** How much of what is being made is done, from 0 to 1. */
  share = 0;
  usedAt = 0;
  readonly answers = new KeptAnswers();
  readonly #parts: PastPart[] = [];
  #users = 0;
  #closed: Promise<void> | undefined;
  #noUsers: () => void = () => undefined;

  constructor(
    readonly position: Position,
    /** The last erasure that it has. */
    readonly erasedUpTo: string | null,
    /** Erasures that came later and count all the same. */
    readonly later: readonly RecordedEvent<DomainEvent>[],
  ) {}

  /** Undefined where these read models were not made. */
  readModelsOf(projection: string): ReadModels | undefined {
    return this.#parts.find(({ names }) => names.includes(projection))?.readModels;
  }

  get isBuilt(): boolean {
    return this.#parts.length > 0;
  }

  get isIdle(): boolean {
    return this.#users === 0;
  }

  take(now: Date): void {
    this.#users += 1;
    this.usedAt = now.getTime();
  }

  letGo(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#noUsers();
  }

  missing(reads: readonly string[]): readonly string[] {
    return reads.filter((name) => !this.#parts.some(({ names }) => names.includes(name)));
  }

  add(part: PastPart): void {
    this.#parts.push(part);
    this.share = 0;
  }

  /** Closes it as soon as nobody uses it; resolves then. */
  end(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#noUsers = resolve));
    for (const part of this.#parts.splice(0)) await part.close();
  }
}
