/** How far a process was told of a stream's growth. What was missed is not known: it is found by reading the stream. */
export class ToldRevision {
  #told = -1;

  tell(revision: number): void {
    if (revision > this.#told) this.#told = revision;
  }

  /** Events may have come of which nobody told. */
  lose(): void {
    this.#told = Number.POSITIVE_INFINITY;
  }

  /** The store shows the stream, or has checked its revision; from then on every event is told. */
  find(): void {
    if (this.#told === Number.POSITIVE_INFINITY) this.#told = -1;
  }

  isCovered(revision: number): boolean {
    return revision >= this.#told;
  }
}
