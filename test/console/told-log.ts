import type { ShownEvent } from '../../console/src/verification/event-hash.js';
import type { AuditSource } from '../../console/src/verification/trusted-checkpoint.js';
import type { ProofSource } from '../../console/src/verification/verify-event.js';
import { GrowingTree, leafOf } from '../../src/audit-verifier/merkle-tree.js';
import { signedFile, type Told } from '../audit-verifier/signed-file.js';
import { keyOf } from '../audit-verifier/made-history.js';

const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};

const splitOf = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

/** RFC 9162, 2.1.3.1. */
const pathOf = (index: number, leaves: readonly Buffer[]): readonly Buffer[] => {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split ? [...pathOf(index, left), rootOf(right)] : [...pathOf(index - split, right), rootOf(left)];
};

/** RFC 9162, 2.1.4.1. */
const proofOf = (from: number, leaves: readonly Buffer[], isWhole = true): readonly Buffer[] => {
  if (from === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return from <= split ? [...proofOf(from, left, isWhole), rootOf(right)] : [...proofOf(from - split, right, false), rootOf(left)];
};

const base64 = (hashes: readonly Buffer[]): readonly string[] => hashes.map((hash) => hash.toString('base64'));

type LoggedEvent = ShownEvent & { readonly stream: string; readonly metadata: { readonly hash: string } };

/** A log of these events, and what an honest server tells of it. */
export const toldLog = (told: readonly Told[], signer = keyOf(1)) => {
  const events = signedFile(told, signer).slice(1, -1).map((line): LoggedEvent => JSON.parse(line));
  const leaves = events.map(({ metadata: { hash }, id, revision, stream, type }) => leafOf({ hash, id, revision, stream, type }));
  const noteAt = (size: number): string => signer.sign(size, rootOf(leaves.slice(0, size)));
  const sourceAt = (signed: number): AuditSource => ({
    keys: async () => [signer.vkey],
    newestNote: async () => noteAt(signed),
    consistency: async (from, to) => base64(proofOf(from, leaves.slice(0, to))),
  });
  const proofs: ProofSource = async (eventId, size) => {
    const index = events.findIndex(({ id }) => id === eventId);
    return index >= size ? 'later' : { index, size, hashes: base64(pathOf(index, leaves.slice(0, size))) };
  };
  return { events, leaves, noteAt, sourceAt, proofs, vkey: signer.vkey, proofOf, pathOf, rootOf };
};

export const payments = (count: number, amount = '10.00'): readonly Told[] =>
  Array.from({ length: count }, (_, place) => ({ stream: `payment-${place % 5}`, type: 'PaymentExpired', data: { paymentId: String(place % 5), amount, ünî: ['\u20ac', 1e21, 0.1, null, true] } }));
