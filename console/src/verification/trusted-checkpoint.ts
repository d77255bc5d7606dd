import { areEqual, fromBase64, type Bytes } from './bytes.js';
import { isConsistent } from './merkle-tree.js';
import type { PinStore } from './pins.js';
import { openNote, readKey, type Checkpoint, type VerifierKey } from './signed-note.js';

/** What the server says. Nothing of it is believed. */
export interface AuditSource {
  /** The keys that the server names as its own. */
  keys(signal: AbortSignal): Promise<readonly string[]>;
  /** The newest signed note; null: nothing was signed yet. */
  newestNote(signal: AbortSignal): Promise<string | null>;
  consistency(from: number, to: number, signal: AbortSignal): Promise<readonly string[]>;
}

export type Trust = Readonly<
  | { is: 'trusted'; checkpoint: Checkpoint; key: VerifierKey; isFirstVisit: boolean; isTold: boolean }
  /** Nothing that was signed speaks against anything. */
  | { is: 'unsigned' }
  /** Somebody changed the key or the log. */
  | { is: 'broken'; reason: string }
>;

const broken = (reason: string): Trust => ({ is: 'broken', reason });

const bytesOf = (texts: readonly string[]): readonly Bytes[] | undefined => {
  const hashes = texts.map(fromBase64);
  return hashes.some((hash) => hash === undefined) ? undefined : hashes.filter((hash) => hash !== undefined);
};

const keysOf = async (vkeys: readonly string[]): Promise<readonly VerifierKey[]> => (await Promise.all(vkeys.map(readKey))).filter((key) => key !== undefined);

const REASONS = {
  unknown: 'The newest checkpoint is signed by none of the keys that this browser trusts. If the log has a new key, the auditor has to be told so from elsewhere.',
  forged: 'The signature of the newest checkpoint does not hold.',
  malformed: 'What the server sent is no checkpoint.',
} as const;

/** Undefined: the new checkpoint goes on from the old one. */
const breakBetween = async (source: AuditSource, old: Checkpoint, now: Checkpoint, signal: AbortSignal): Promise<string | undefined> => {
  if (old.origin !== now.origin) return `The newest checkpoint is of another log, ${now.origin}.`;
  if (now.size < old.size) return `The newest checkpoint covers ${now.size} events, and this browser has verified one of ${old.size}: events were cut off.`;
  if (now.size === old.size) return areEqual(now.root, old.root) ? undefined : `There are two checkpoints of ${now.size} events with different roots: history was rewritten.`;
  const hashes = bytesOf(await source.consistency(old.size, now.size, signal));
  const goesOn = hashes !== undefined && (await isConsistent(old.size, now.size, old.root, now.root, hashes));
  return goesOn ? undefined : `Checkpoint ${now.size} does not go on from checkpoint ${old.size}, which this browser has verified before: history was rewritten.`;
};

/**
 * The newest checkpoint, signed by a key that this browser trusts, and going on from the last one that it verified. The first visit
 * trusts the server's key and pins it.
 */
export const trustedCheckpoint = async (source: AuditSource, pins: PinStore, signal: AbortSignal): Promise<Trust> => {
  const known = pins.read();
  const kept = known?.checkpoint ?? null;
  const note = await source.newestNote(signal);
  if (note === null) return kept === null ? { is: 'unsigned' } : broken('The server has no checkpoint any more, and this browser has verified one before.');
  const vkeys = known?.vkeys ?? (await source.keys(signal));
  const keys = await keysOf(vkeys);
  if (keys.length === 0) return broken('The server names no key that can be read.');
  const opened = await openNote(note, keys);
  if (opened.is !== 'signed') return broken(REASONS[opened.is]);
  const { checkpoint, key } = opened;
  if (kept !== null) {
    const old = await openNote(kept, keys);
    // Nothing could be compared with it; what is not compared does not hold.
    const reason = old.is === 'signed' ? await breakBetween(source, old.checkpoint, checkpoint, signal) : 'The checkpoint that this browser kept is signed by none of the keys that it trusts.';
    if (reason !== undefined) return broken(reason);
  }
  const by = known?.by ?? 'seen';
  pins.write({ vkeys, checkpoint: note, by });
  return { is: 'trusted', checkpoint, key, isFirstVisit: known === null, isTold: by === 'told' };
};
