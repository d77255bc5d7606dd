/**
 * changed: an event is not what its hash says. rewritten: the chain shows that an event was replaced together with its hash. dropped,
 * added, moved: events are missing, too many, or elsewhere. root: the events are not those that were signed. cut: the newest are
 * missing. checkpoint: a checkpoint was forged or exchanged. impossible: no decider could have decided it. malformed: no line of an export.
 */
export type FindingKind = 'changed' | 'rewritten' | 'dropped' | 'added' | 'moved' | 'root' | 'cut' | 'checkpoint' | 'impossible' | 'malformed';

/** Something wrong at a position of `from` to `to`, both included. */
export interface Finding {
  readonly kind: FindingKind;
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

const MOST_KEPT = 100;

/** What was found, the first ones of it in words. */
export class Findings {
  readonly #kept = new Map<string, Finding>();
  #first: Finding | undefined;
  #from = Number.POSITIVE_INFINITY;
  count = 0;

  /** Something is wrong at one end or between them, in either order: events that were moved come with falling indexes. */
  add(kind: FindingKind, one: number, other: number, what: string): void {
    const [from, to] = one <= other ? [one, other] : [other, one];
    const key = `${kind} ${from} ${to} ${what}`;
    if (this.#kept.has(key)) return;
    const finding = { kind, from, to, what };
    this.count += 1;
    if (this.#kept.size < MOST_KEPT) this.#kept.set(key, finding);
    this.#from = Math.min(this.#from, from);
    if (this.#first === undefined || to < this.#first.to || (to === this.#first.to && from > this.#first.from)) this.#first = finding;
  }

  /** In the order of their positions. */
  get kept(): readonly Finding[] {
    return [...this.#kept.values()].sort((one, other) => one.to - other.to || other.from - one.from);
  }

  /** The one whose range ends first: something is wrong at its end or before. */
  get first(): Finding | undefined {
    return this.#first;
  }

  /** Nothing that was found is before this position. */
  get from(): number {
    return this.#from;
  }
}
