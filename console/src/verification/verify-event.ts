import { fromBase64 } from './bytes.js';
import { eventHash, leafOf, type ShownEvent } from './event-hash.js';
import { isIncluded } from './merkle-tree.js';
import type { Checkpoint } from './signed-note.js';

/** What the server answers about an event's place in the tree; the hashes are base64. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly hashes: readonly string[];
}

/** later: the event is newer than the tree of that size. unknown: the tree has no such event. */
export type AskedProof = InclusionProof | 'later' | 'unknown';

/** Gives a proof for the tree of that size. */
export type ProofSource = (eventId: string, size: number, signal: AbortSignal) => Promise<AskedProof>;

/**
 * held: the log held exactly this event when the checkpoint was signed. withheld: it held an event with this hash, of which a
 * secret is not shown. later: no checkpoint covers it yet. broken: it is not what the log held.
 */
export type Verdict = Readonly<{ is: 'held' | 'withheld' | 'later'; index: number | null } | { is: 'broken'; reason: string }>;

const broken = (reason: string): Verdict => ({ is: 'broken', reason });

/** Which the server shows in place of a secret. */
const SECRET = '[secret]';

const notHeld = (size: number): string => `This event is not what the log held when checkpoint ${size} was signed.`;

const isWithheld = ({ type, data }: ShownEvent): boolean => type === 'PaymentCaptureRequested' && data['token'] === SECRET;

export interface ChainedEvent {
  readonly event: ShownEvent;
  /** The hash of the event before it in the stream; null: it is the first. Undefined: that event was not shown. */
  readonly before: string | null | undefined;
}

/** Checks an event of that stream against a checkpoint that is trusted already. Everything is computed here. */
export const verifyEvent = async (stream: string, { event, before }: ChainedEvent, checkpoint: Checkpoint, ask: ProofSource, signal: AbortSignal): Promise<Verdict> => {
  const { hash, previousHash } = event.metadata;
  if (typeof hash !== 'string') return broken('It has no hash.');
  if (before !== undefined && previousHash !== before) return broken('It does not go on from the event before it: one of both was rewritten, or one between them is missing.');
  const withheld = isWithheld(event);
  if (!withheld && (await eventHash(stream, event)) !== hash) return broken(`What is shown of it has another hash. ${notHeld(checkpoint.size)}`);
  const proof = await ask(event.id, checkpoint.size, signal);
  if (proof === 'unknown') return broken(`The tree has no such event. ${notHeld(checkpoint.size)}`);
  if (proof === 'later') return { is: 'later', index: null };
  const hashes = proof.hashes.map(fromBase64).filter((bytes) => bytes !== undefined);
  if (hashes.length !== proof.hashes.length) return broken('The proof can’t be read.');
  const leaf = await leafOf(stream, event, hash);
  if (!(await isIncluded(proof.index, checkpoint.size, leaf, hashes, checkpoint.root))) return broken(notHeld(checkpoint.size));
  return { is: withheld ? 'withheld' : 'held', index: proof.index };
};
