import { EMPTY_ROOT, GrowingTree } from './merkle-tree.js';
import type { Findings } from './findings.js';
import { fromBase64, openNote, type Checkpoint, type VerifierKey } from './signed-note.js';

/** A checkpoint that somebody kept, with a name for people. */
export interface OldCheckpoint {
  readonly name: string;
  readonly note: string;
}

interface Expected {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

/** Grows the tree leaf by leaf and compares it with every signed checkpoint. */
export class TreeCheck {
  readonly #tree = new GrowingTree();
  readonly #findings: Findings;
  readonly #keys: readonly VerifierKey[];
  readonly #old: Expected[];
  #origin: string | undefined;
  #isBroken = false;
  /** Why the file can't be called clean although nothing is wrong in it. */
  readonly unchecked = new Set<string>();
  /** The size of the greatest signed checkpoint that holds. */
  held = 0;
  /** How many checkpoints hold. */
  holding = 0;

  constructor(findings: Findings, keys: readonly VerifierKey[], old: readonly OldCheckpoint[]) {
    this.#findings = findings;
    this.#keys = keys;
    this.#old = old.flatMap(({ name, note }) => {
      const opened = openNote(note, keys);
      if (opened.is === 'signed') return [{ name, checkpoint: opened.checkpoint }];
      // What an auditor brings along is no evidence against the file.
      this.unchecked.add(`${name} is ${opened.is === 'unknown' ? 'signed by none of the keys that were given' : 'no checkpoint that one of the keys signed'}`);
      return [];
    });
    this.#old.sort((one, other) => one.checkpoint.size - other.checkpoint.size);
    this.#compareOld();
  }

  get size(): number {
    return this.#tree.size;
  }

  header(origin: string): void {
    this.#origin = origin;
  }

  leaf(leaf: Buffer): void {
    this.#tree.add(leaf);
    this.#compareOld();
  }

  /** A line that is none: what follows has other places in the tree. */
  broken(): void {
    this.#isBroken = true;
  }

  /** A checkpoint of the file. */
  checkpoint(note: string): Checkpoint | undefined {
    const opened = openNote(note, this.#keys);
    if (opened.is === 'unknown') {
      this.unchecked.add(`a checkpoint after ${this.size} events is signed by none of the keys that were given`);
      return undefined;
    }
    if (opened.is !== 'signed') {
      this.#findings.add('checkpoint', this.size, this.size, `the checkpoint after ${this.size} events is ${opened.is}`);
      return undefined;
    }
    const { size } = opened.checkpoint;
    // Exchanged, or events before it are too few or too many.
    if (size === this.size) this.#compare({ name: `the checkpoint of ${size} events`, checkpoint: opened.checkpoint });
    else if (!this.#isBroken) this.#findings.add('checkpoint', this.held, this.size, `the checkpoint after ${this.size} events is of ${size}`);
    return opened.checkpoint;
  }

  trailer(size: number, root: string, note: string | null): void {
    const at = this.size;
    if (size !== at) this.#findings.add(size > at ? 'cut' : 'added', Math.min(size, at), Math.max(size, at), `the file ends with ${at} events and says that it has ${size}`);
    if (fromBase64(root)?.equals(this.#tree.root()) !== true && !this.#isBroken) {
      this.#findings.add('root', this.held, Math.max(at - 1, 0), 'the root at the end is another one than that of the events');
    }
    if (note === null) return;
    const checkpoint = this.checkpoint(note);
    if (checkpoint !== undefined && checkpoint.size !== size) this.#findings.add('checkpoint', size, size, `the last checkpoint is of ${checkpoint.size} events and not of ${size}`);
  }

  /** After the last line. */
  end(): void {
    for (const { name, checkpoint } of this.#old) {
      this.#findings.add('cut', this.size, Math.max(checkpoint.size - 1, this.size), `${name} is of ${checkpoint.size} events, and there are ${this.size}`);
    }
    if (this.held < this.size) this.unchecked.add(`no checkpoint that a given key signed covers the events from ${this.held} on`);
    if (this.holding === 0 && this.size === 0) this.unchecked.add('there is no event and no checkpoint');
  }

  #compareOld(): void {
    for (let next = this.#old[0]; next !== undefined && next.checkpoint.size <= this.size; next = this.#old[0]) {
      this.#old.shift();
      this.#compare(next);
    }
  }

  #compare({ name, checkpoint: { origin, size, root } }: Expected): void {
    if (this.#origin !== undefined && origin !== this.#origin) {
      this.#findings.add('checkpoint', this.size, this.size, `${name} is of another log, ${origin}`);
      return;
    }
    const own = this.#tree.size === 0 ? EMPTY_ROOT : this.#tree.root();
    if (size === this.size && root.equals(own)) {
      this.held = Math.max(this.held, size);
      this.holding += 1;
    } else if (!this.#isBroken) {
      this.#isBroken = true;
      this.#findings.add('root', this.held, Math.max(size - 1, this.held), `the events are not those that ${name} was signed for`);
    }
  }
}
