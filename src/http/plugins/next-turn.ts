/**
 * Lets the requests of one turn of the event loop go on together, once all of them are parsed. Their answers then follow one
 * another closely, and a client that the first one wakes is still awake for the next. docs/architecture.md has the measurement.
 */
export class NextTurn {
  #waiting: (() => void)[] = [];

  join(go: () => void): void {
    this.#waiting.push(go);
    if (this.#waiting.length === 1) setImmediate(() => this.#goOn());
  }

  #goOn(): void {
    const going = this.#waiting;
    this.#waiting = [];
    for (const go of going) go();
  }
}
