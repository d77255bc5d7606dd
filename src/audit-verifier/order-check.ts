import type { Findings } from './findings.js';

interface Gap {
  readonly from: number;
  readonly to: number;
  filled: boolean;
}

const MOST_GAPS = 1_000;

/** Whether indexes are 0, 1, 2 ... A gap that a later line fills was made by moving a line, else by dropping one. */
export class OrderCheck {
  readonly #findings: Findings;
  readonly #gaps: Gap[] = [];
  next = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  index(index: number): void {
    if (index > this.next && this.#gaps.length < MOST_GAPS) this.#gaps.push({ from: this.next, to: index - 1, filled: false });
    if (index < this.next) {
      const gap = this.#gaps.find(({ from, to }) => index >= from && index <= to);
      if (gap === undefined) this.#findings.add('added', index, index, `there is another event with the index ${index}`);
      else gap.filled = true;
    }
    this.next = Math.max(this.next, index + 1);
  }

  /** A line that is no event, in the place of one. */
  lost(): void {
    this.next += 1;
  }

  end(): void {
    for (const { from, to, filled } of this.#gaps) {
      this.#findings.add(filled ? 'moved' : 'dropped', from, from, `${from === to ? `the event ${from} is` : `the events ${from} to ${to} are`} not in this place`);
    }
  }
}
