import { areEqual, fromBase64, toBase64 } from './bytes.js';
import { isConsistent } from './merkle-tree.js';
import { openNote, readKey, type Checkpoint, type VerifierKey } from './signed-note.js';

/** What the server tells; nothing of it is believed. */
export interface AuditSource {
  /** The newest signed note; undefined: nothing was ever signed. */
  readonly newestNote: () => Promise<string | undefined>;
  readonly consistency: (from: number, to: number) => Promise<{ readonly hashes: readonly string[] }>;
  /** At that size; undefined: the server says that the event came later. */
  readonly inclusion: (eventId: string, size: number) => Promise<{ readonly index: number; readonly hashes: readonly string[] } | undefined>;
}

/** What this browser knows from before. */
export interface Trust {
  readonly vkeys: readonly string[];
  /** The newest note that held here. */
  readonly seen: string | undefined;
}

/** unsigned: nothing was ever signed. unknown-key: by none that is trusted here. broken: it can't be what it says. */
export type CheckedCheckpoint = Readonly<
  { is: 'holds'; checkpoint: Checkpoint; note: string } | { is: 'unsigned' | 'unknown-key' } | { is: 'broken'; what: string }
>;

const broken = (what: string): CheckedCheckpoint => ({ is: 'broken', what });

/** The bytes of every text; undefined where one is no base64. */
export const hashesOf = (texts: readonly string[]): readonly Uint8Array[] | undefined => {
  const hashes = texts.map(fromBase64);
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined;
};

const keysOf = async (vkeys: readonly string[]): Promise<readonly VerifierKey[]> => (await Promise.all(vkeys.map(readKey))).filter((key) => key !== undefined);

const continues = async (source: AuditSource, seen: Checkpoint, now: Checkpoint): Promise<boolean> => {
  if (seen.size === now.size) return areEqual(seen.root, now.root);
  const hashes = hashesOf((await source.consistency(seen.size, now.size)).hashes);
  return hashes !== undefined && isConsistent(seen.size, now.size, seen.root, now.root, hashes);
};

/** Whether the newest checkpoint is signed by a trusted key and goes on from the one that this browser saw last. */
export const checkCheckpoint = async (source: AuditSource, { vkeys, seen }: Trust): Promise<CheckedCheckpoint> => {
  const note = await source.newestNote();
  if (note === undefined) return seen === undefined ? { is: 'unsigned' } : broken('The server has no checkpoint any more, and this browser saw one.');
  const keys = await keysOf(vkeys);
  const opened = await openNote(note, keys);
  if (opened.is === 'unknown') return { is: 'unknown-key' };
  if (opened.is !== 'signed') return broken(opened.is === 'forged' ? 'The signature of the newest checkpoint does not hold.' : 'The newest checkpoint is no checkpoint.');
  const { checkpoint, key } = opened;
  if (checkpoint.origin !== key.name) return broken(`The newest checkpoint is of another log, ${checkpoint.origin}.`);
  if (seen !== undefined) {
    const before = await openNote(seen, keys);
    if (before.is !== 'signed') return broken('The checkpoint that this browser kept is not signed by a key that is trusted here.');
    const { size } = before.checkpoint;
    if (checkpoint.size < size) return broken(`The log was cut: checkpoint ${size} was signed, and the newest one is ${checkpoint.size}.`);
    if (!(await continues(source, before.checkpoint, checkpoint))) return broken(`The log is not what it was: checkpoint ${checkpoint.size} (${toBase64(checkpoint.root)}) does not continue checkpoint ${size}.`);
  }
  return { is: 'holds', checkpoint, note };
};
