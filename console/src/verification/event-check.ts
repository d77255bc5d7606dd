import { hashesOf, type AuditSource } from './checkpoint-check.js';
import { hashFieldOf, hashOf, type ShownEvent } from './event-hash.js';
import { isIncluded, leafOf } from './merkle-tree.js';
import type { Checkpoint } from './signed-note.js';

/**
 * verified: what is shown is what was signed. withheld: the event was signed, but a field of it is secret, so that its data can't be
 * hashed again here. later: the server says that it came after the checkpoint. tampered: it is not what was signed.
 */
export type CheckedEvent = Readonly<{ is: 'verified' | 'withheld' | 'later' } | { is: 'tampered'; what: string }>;

/** The fields that nobody is shown, with the text in their place. Another field with this text is data as any other. */
const SECRETS: Readonly<Record<string, string>> = { PaymentCaptureRequested: 'token', PaymentActionRequired: 'nextAction' };
const SECRET = '[secret]';

const tampered = (what: string): CheckedEvent => ({ is: 'tampered', what });

const isWithheld = ({ type, data }: ShownEvent): boolean => {
  const field = SECRETS[type];
  return field !== undefined && data[field] === SECRET;
};

/** One event against a checkpoint that holds. `before`: the hash of the event before in its stream, null for the first; absent: not known. */
export const checkEvent = async (source: AuditSource, { size, root }: Checkpoint, event: ShownEvent, before?: string | null): Promise<CheckedEvent> => {
  const hash = hashFieldOf(event);
  if (hash === undefined) return tampered('This event has no hash.');
  const withheld = isWithheld(event);
  if (!withheld && (await hashOf(event)) !== hash) return tampered('This event is not what its hash says: it was changed after it was written.');
  if (before !== undefined && event.metadata['previousHash'] !== before) return tampered('This event does not follow the one before it: one of them was replaced, or one between them is missing.');
  const proof = await source.inclusion(event.id, size);
  if (proof === undefined) return { is: 'later' };
  const { id, revision, stream, type } = event;
  const hashes = hashesOf(proof.hashes);
  const leaf = await leafOf({ hash, id, revision, stream, type });
  if (hashes === undefined || !(await isIncluded(proof.index, size, leaf, hashes, root))) {
    return tampered(`This event is not what the log held when checkpoint ${size} was signed.`);
  }
  return { is: withheld ? 'withheld' : 'verified' };
};

/** Events of a stream stand in the log in their order: where one is signed, none before it can come later. */
export const withoutFalseDelays = (checked: readonly CheckedEvent[]): readonly CheckedEvent[] => {
  const last = checked.findLastIndex(({ is }) => is === 'verified' || is === 'withheld');
  return checked.map((event, place) => (event.is === 'later' && place < last ? tampered('The server says that this event is not signed yet, and one after it is: it was added.') : event));
};
