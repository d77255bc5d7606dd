import { isUtf8 } from 'node:buffer';
import { canonical, sha256 } from '../../src/audit-verifier/canonical-json.js';
import { readLine, type ExportLine } from '../../src/audit-verifier/export-line.js';
import { GrowingTree } from '../../src/audit-verifier/merkle-tree.js';
import type { Line } from '../../src/audit-verifier/verify-export.js';
import { keyOf, type MadeExport } from './made-history.js';

type Json = Record<string, unknown>;

interface EventLine {
  index: number;
  stream: string;
  revision: number;
  id: string;
  type: string;
  data: Json;
  metadata: Json & { hash: string; previousHash: string | null };
}

export interface Mutation {
  readonly what: string;
  readonly lines: readonly Line[];
  /** Where it is wrong first, by index. */
  readonly truth: number;
  /** The file itself says where: not every forger leaves that behind. */
  readonly exact: boolean;
}

type Random = () => number;

/** An event is a text until it is changed: most lines stay what they were. */
interface Draft {
  readonly events: string[];
  /** Signed notes by size, that of the whole file included. */
  readonly notes: Map<number, string>;
  readonly size: number;
}

const parse = (line: string): EventLine => JSON.parse(line) as EventLine;
const isEvent = (line: string): boolean => line.startsWith('{"data"');
const INDEX = /,"index":(0|[1-9]\d*),"metadata":\{/;

const draftOf = ({ lines, notes, size }: MadeExport): Draft => ({
  events: lines.filter(isEvent),
  notes: new Map(notes.map((note) => [Number(note.split('\n')[1]), note])),
  size,
});

const rehashed = (event: EventLine, previousHash = event.metadata.previousHash): EventLine => {
  const { hash: _old, ...rest } = { ...event.metadata, previousHash };
  const hash = sha256(canonical([event.stream, event.revision, event.id, event.type, event.data, rest])).toString('hex');
  return { ...event, metadata: { ...rest, hash } as EventLine['metadata'] };
};

const known = new Map<string, ExportLine>();

/** Reads a line that differs from a known one in its index alone without making its hashes again. */
export const readKnown = (text: string): ExportLine => {
  const [, index = ''] = (isEvent(text) ? INDEX.exec(text) : null) ?? [];
  const key = index === '' ? text : text.replace(INDEX, ',"index":0,"metadata":{');
  let line = known.get(key);
  if (line === undefined) known.set(key, (line = readLine(key)));
  return line.kind === 'event' && index !== '' ? { ...line, event: { ...line.event, index: Number(index) } } : line;
};

/** A file of these events by somebody who makes all hashes again but has no key. */
const fileOf = ({ notes, size }: Draft, events: readonly string[], { renumbered = true, last = notes.get(size) ?? null }: { readonly renumbered?: boolean; readonly last?: string | null } = {}): string[] => {
  const tree = new GrowingTree();
  const lines = ['{"format":"registrar-audit/1","origin":"localhost/tests"}'];
  for (const [place, text] of events.entries()) {
    const line = renumbered ? text.replace(INDEX, `,"index":${place},"metadata":{`) : text;
    lines.push(line);
    const read = readKnown(line);
    if (read.kind === 'event') tree.add(read.leaf);
    const note = notes.get(tree.size);
    if (note !== undefined && tree.size < Math.min(size, events.length)) lines.push(canonical({ checkpoint: note }));
  }
  lines.push(canonical({ size: events.length, root: tree.root().toString('base64'), checkpoint: last }));
  return lines;
};

const pick = (random: Random, below: number): number => Math.floor(random() * below);

const placesOf = (events: readonly string[], stream: string): number[] => events.flatMap((line, place) => (line.includes(`,"stream":${JSON.stringify(stream)},`) ? [place] : []));

/** Another amount; undefined where the event has none. */
const withOtherAmount = (event: EventLine): EventLine | undefined => {
  const { amount, discount } = event.data;
  if (typeof amount === 'string') return { ...event, data: { ...event.data, amount: `1${amount}` } };
  return typeof discount === 'string' ? { ...event, data: { ...event.data, discount: `1${discount}` } } : undefined;
};

type Mutator = (made: MadeExport, random: Random) => Omit<Mutation, 'what'> | undefined;

const linesOfBytes = (bytes: Buffer): Line[] => {
  const lines: Line[] = [];
  for (let from = 0, end = bytes.indexOf(10); from <= bytes.length; from = end + 1, end = bytes.indexOf(10, from)) {
    const part = bytes.subarray(from, end === -1 ? bytes.length : end);
    lines.push(isUtf8(part) ? part.toString('utf8') : undefined);
    if (end === -1) return lines;
  }
  return lines;
};

const flipByte: Mutator = ({ lines }, random) => {
  const at = pick(random, lines.length);
  const bytes = Buffer.from(lines[at] ?? '');
  const place = pick(random, bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << pick(random, 8));
  const truth = lines.slice(0, at).filter(isEvent).length;
  return { lines: [...lines.slice(0, at), ...linesOfBytes(bytes), ...lines.slice(at + 1)], truth, exact: isEvent(lines[at] ?? '') };
};

const amountAndHash: Mutator = (made, random) => {
  const draft = draftOf(made);
  const at = pick(random, draft.size);
  const event = parse(draft.events[at] ?? '');
  const changed = withOtherAmount(event);
  if (changed === undefined) return undefined;
  const after = placesOf(draft.events, event.stream).filter((place) => place > at).length;
  draft.events[at] = canonical(rehashed(changed));
  return { lines: fileOf(draft, draft.events), truth: at, exact: after > 1 };
};

const amountAlone: Mutator = (made, random) => {
  const draft = draftOf(made);
  const at = pick(random, draft.size);
  const changed = withOtherAmount(parse(draft.events[at] ?? ''));
  if (changed === undefined) return undefined;
  draft.events[at] = canonical(changed);
  return { lines: fileOf(draft, draft.events), truth: at, exact: true };
};

const drop = (renumbered: boolean): Mutator => (made, random) => {
  const draft = draftOf(made);
  const at = pick(random, draft.size - 1);
  draft.events.splice(at, 1);
  return { lines: fileOf(draft, draft.events, { renumbered }), truth: at, exact: !renumbered };
};

const add = (renumbered: boolean): Mutator => (made, random) => {
  const draft = draftOf(made);
  const at = 1 + pick(random, draft.size - 2);
  const event = parse(draft.events[at] ?? '');
  draft.events.splice(at, 0, canonical(rehashed({ ...event, id: event.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) })));
  // Two events with one index: either of both may be the one that is too many.
  return { lines: fileOf(draft, draft.events, { renumbered }), truth: at, exact: false };
};

const swap = (renumbered: boolean): Mutator => (made, random) => {
  const draft = draftOf(made);
  const at = pick(random, draft.size - 1);
  const [one = '', other = ''] = draft.events.slice(at, at + 2);
  draft.events.splice(at, 2, other, one);
  return { lines: fileOf(draft, draft.events, { renumbered }), truth: at, exact: !renumbered };
};

const move = (renumbered: boolean): Mutator => (made, random) => {
  const draft = draftOf(made);
  const from = pick(random, draft.size);
  const to = pick(random, draft.size);
  if (Math.abs(from - to) < 2) return undefined;
  draft.events.splice(to, 0, ...draft.events.splice(from, 1));
  return { lines: fileOf(draft, draft.events, { renumbered }), truth: Math.min(from, to), exact: !renumbered };
};

const rewriteStream: Mutator = (made, random) => {
  const draft = draftOf(made);
  const { stream } = parse(draft.events[pick(random, draft.size)] ?? '');
  const places = placesOf(draft.events, stream);
  let previous: string | null = null;
  let truth: number | undefined;
  for (const place of places) {
    const event = parse(draft.events[place] ?? '');
    const changed: EventLine | undefined = truth === undefined ? withOtherAmount(event) : undefined;
    if (changed !== undefined) truth = place;
    const chained: EventLine = truth === undefined ? event : rehashed(changed ?? event, previous);
    previous = chained.metadata.hash;
    draft.events[place] = canonical(chained);
  }
  return truth === undefined ? undefined : { lines: fileOf(draft, draft.events), truth, exact: false };
};

const cutTail: Mutator = (made, random) => {
  const draft = draftOf(made);
  const kept = random() < 0.3 ? 1_000 * pick(random, Math.ceil(draft.size / 1_000)) : draft.size - 1 - pick(random, draft.size - 1);
  return { lines: fileOf(draft, draft.events.slice(0, kept), { last: draft.notes.get(kept) ?? null }), truth: kept, exact: false };
};

const cutFile: Mutator = ({ lines }, random) => {
  const kept = 1 + pick(random, lines.length - 1);
  return { lines: lines.slice(0, kept), truth: lines.slice(0, kept).filter(isEvent).length, exact: false };
};

const otherCheckpoint: Mutator = (made, random) => {
  const draft = draftOf(made);
  const sizes = [...draft.notes.keys()];
  const size = sizes[pick(random, sizes.length)] ?? 0;
  const note = draft.notes.get(size) ?? '';
  const root = Buffer.alloc(32, pick(random, 256));
  const forgeries = [
    keyOf(2).sign(size, root),
    note.replace(note.split('\n')[2] ?? '', root.toString('base64')),
    note.replace(`\n${size}\n`, `\n${size - 1}\n`),
    draft.notes.get(sizes[(sizes.indexOf(size) + 1) % sizes.length] ?? 0) ?? '',
  ];
  draft.notes.set(size, forgeries[pick(random, forgeries.length)] ?? '');
  return { lines: fileOf(draft, draft.events), truth: size, exact: false };
};

const mutators: Readonly<Record<string, Mutator>> = {
  'a byte is flipped': flipByte,
  'an amount is changed': amountAlone,
  'an amount is changed, and its hash': amountAndHash,
  'an event is dropped': drop(false),
  'an event is dropped, the others numbered again': drop(true),
  'an event is added': add(false),
  'an event is added, the others numbered again': add(true),
  'neighbours are swapped': swap(false),
  'neighbours are swapped and numbered again': swap(true),
  'an event is moved': move(false),
  'an event is moved, all numbered again': move(true),
  'a stream is written anew with its chain': rewriteStream,
  'the tail is cut off, and the end fits': cutTail,
  'the file is cut off': cutFile,
  'a checkpoint is exchanged': otherCheckpoint,
};

/** The n-th mutation of an export, the same for the same seed. */
export const mutationOf = (made: MadeExport, n: number, random: Random): Mutation => {
  const names = Object.keys(mutators);
  const what = names[n % names.length] ?? '';
  for (;;) {
    const mutation = mutators[what]?.(made, random);
    if (mutation !== undefined) return { what, ...mutation };
  }
};
