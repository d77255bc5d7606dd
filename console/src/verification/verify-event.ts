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

/** later: the event is newer than the tree of that size, or not in the tree yet. */
export type AskedProof = InclusionProof | 'later';

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
/** The fields that are secret, of each type of event. The same text in another field is data as any other. */
const SECRET_FIELDS: Readonly<Record<string, string>> = { PaymentCaptureRequested: 'token', PaymentActionRequired: 'nextAction' };

const notHeld = (size: number): string => `This event is not what the log held when checkpoint ${size} was signed.`;

const isWithheld = ({ type, data }: ShownEvent): boolean => {
  const field = SECRET_FIELDS[type];
  return field !== undefined && data[field] === SECRET;
};

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
  if (proof === 'later') return { is: 'later', index: null };
  const hashes = proof.hashes.map(fromBase64).filter((bytes) => bytes !== undefined);
  if (hashes.length !== proof.hashes.length) return broken('The proof can’t be read.');
  const leaf = await leafOf(stream, event, hash);
  if (!(await isIncluded(proof.index, checkpoint.size, leaf, hashes, checkpoint.root))) return broken(notHeld(checkpoint.size));
  return { is: withheld ? 'withheld' : 'held', index: proof.index };
};

const isSigned = ({ is }: Verdict): boolean => is === 'held' || is === 'withheld';

/** Of events of a stream in their order, which is that of the log: where one is signed, none before it can come later. */
export const withoutFalseDelays = (verdicts: readonly Verdict[]): readonly Verdict[] => {
  const last = verdicts.findLastIndex(isSigned);
  return verdicts.map((verdict, place) => (verdict.is === 'later' && place < last ? broken('It is said to be newer than the checkpoint, and an event after it is not: it was added.') : verdict));
};
