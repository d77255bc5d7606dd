import { readLine, type ExportLine } from './export-line.js';
import { Findings, type Finding } from './findings.js';
import { OrderCheck } from './order-check.js';
import type { VerifierKey } from './signed-note.js';
import { StreamCheck } from './stream-check.js';
import { TreeCheck, type OldCheckpoint } from './tree-check.js';

export interface VerifyOptions {
  readonly keys: readonly VerifierKey[];
  /** Older or newer ones that the auditor holds. */
  readonly checkpoints?: readonly OldCheckpoint[];
  /** How many streams and uses of coupons are followed at once; the others need a pass of their own over the lines. */
  readonly atOnce?: number;
  readonly onProgress?: (pass: number, events: number) => void;
  /** For who verifies many files that are almost the same. */
  readonly read?: (text: string) => ExportLine;
}

export interface Report {
  readonly events: number;
  readonly streams: number;
  /** Where something is wrong first: at `to` or before it, not before `from`. Undefined: nothing is. */
  readonly first: Finding | undefined;
  readonly count: number;
  readonly findings: readonly Finding[];
  readonly unchecked: readonly string[];
  /** Events below this index are those that a key signed. */
  readonly vouchedUpTo: number;
  readonly checkpointsHolding: number;
  /** Streams whose chain and rules hold from the first to the last event, and how many events they have. */
  readonly whole: { readonly streams: number; readonly events: number };
  /** Events whose hash holds for half a character that was lost. */
  readonly replaced: number;
  readonly exitCode: 0 | 1 | 2;
}

/** A line without its line feed; undefined: it has none, or is not UTF-8. */
export type Line = string | undefined;
/** Begins at the first line each time. */
export type Lines = () => AsyncIterable<readonly Line[]>;

const AT_ONCE = 250_000;
const PROGRESS_EVERY = 100_000;

/** The one pass that looks at all of a file but the streams that did not fit. Lines are given in order. */
export class FileCheck {
  readonly findings = new Findings();
  readonly #order = new OrderCheck(this.findings);
  readonly tree: TreeCheck;
  readonly streams: StreamCheck;
  readonly #read: (text: string) => ExportLine;
  #withheld = 0;
  #isBegun = false;
  #isEnded = false;
  replaced = 0;

  constructor({ keys, checkpoints = [], atOnce = AT_ONCE, read = readLine }: VerifyOptions) {
    this.tree = new TreeCheck(this.findings, keys, checkpoints);
    this.streams = new StreamCheck(this.findings, 0, atOnce);
    this.#read = read;
  }

  line(text: Line): void {
    const line: ExportLine = text === undefined ? { kind: 'malformed', reason: 'it has no end, or is not UTF-8' } : this.#read(text);
    const at = this.#order.next;
    if (this.#isEnded) this.findings.add('added', at, at, 'there is something after the end');
    else if (!this.#isBegun && line.kind !== 'header') this.findings.add('malformed', 0, 0, `the first line is no header${line.kind === 'malformed' ? `: ${line.reason}` : ''}`);
    else if (this.#isBegun && line.kind === 'header') this.findings.add('added', at, at, 'there is another header');
    else this.#take(line, at);
    this.#isBegun = true;
  }

  end(): void {
    const at = this.#order.next;
    if (!this.#isEnded) this.findings.add('cut', at, at, 'the file has no end: its last line is missing');
    this.#order.end();
    this.streams.end();
    this.tree.end();
    if (this.#withheld > 0) this.tree.unchecked.add(`the hashes of ${this.#withheld} events can't be made again: something of them is withheld`);
  }

  #take(line: ExportLine, at: number): void {
    switch (line.kind) {
      case 'header':
        return this.tree.header(line.origin);
      case 'event': {
        const { event, ownHash, leaf } = line;
        this.#order.index(event.index);
        if (ownHash === 'broken') this.findings.add('changed', event.index, event.index, `${event.type} (revision ${event.revision} of ${event.stream}) has another hash than it says`);
        if (ownHash === 'withheld') this.#withheld += 1;
        if (ownHash === 'replaced') this.replaced += 1;
        this.streams.event(event, ownHash);
        return this.tree.leaf(leaf);
      }
      case 'checkpoint':
        this.tree.checkpoint(line.note);
        return;
      case 'trailer':
        this.#isEnded = true;
        return this.tree.trailer(line.size, line.root, line.note);
      case 'malformed':
        this.findings.add('malformed', at, at, `the line after ${at} events is wrong: ${line.reason}`);
        this.#order.lost();
        this.tree.broken();
    }
  }
}

const reportOf = ({ findings, tree, replaced }: FileCheck, passes: readonly StreamCheck[]): Report => ({
  events: tree.size,
  streams: passes.reduce((sum, { streams }) => sum + streams, 0),
  first: findings.first,
  count: findings.count,
  findings: findings.kept,
  unchecked: [...tree.unchecked],
  vouchedUpTo: tree.held,
  checkpointsHolding: tree.holding,
  whole: { streams: passes.reduce((sum, { whole }) => sum + whole.streams, 0), events: passes.reduce((sum, { whole }) => sum + whole.events, 0) },
  replaced,
  exitCode: findings.count > 0 ? 1 : tree.unchecked.size > 0 ? 2 : 0,
});

/** Verifies the lines of an export, in memory that does not grow with it: what does not fit is looked at in another pass. */
export const verifyExport = async (lines: Lines, options: VerifyOptions): Promise<Report> => {
  const { atOnce = AT_ONCE, read = readLine, onProgress } = options;
  const file = new FileCheck(options);
  const passes = [file.streams];
  for await (const block of lines()) {
    const before = file.tree.size;
    for (const line of block) file.line(line);
    if (Math.floor(before / PROGRESS_EVERY) !== Math.floor(file.tree.size / PROGRESS_EVERY)) onProgress?.(1, file.tree.size);
  }
  file.end();
  for (let from = file.streams.next; from !== undefined; ) {
    const pass = new StreamCheck(file.findings, from, atOnce);
    for await (const block of lines()) {
      for (const text of block) {
        const line = text === undefined ? undefined : read(text);
        if (line?.kind === 'event') pass.event(line.event, line.ownHash);
      }
    }
    pass.end();
    passes.push(pass);
    onProgress?.(passes.length, file.tree.size);
    from = pass.next;
  }
  return reportOf(file, passes);
};

/** The same for lines that are in memory. */
export const verifyLines = (lines: readonly Line[], options: VerifyOptions): Report => {
  const file = new FileCheck({ ...options, atOnce: Number.POSITIVE_INFINITY });
  for (const line of lines) file.line(line);
  file.end();
  return reportOf(file, [file.streams]);
};
