import { canonical, sha256 } from '../../src/audit-verifier/canonical-json.js';
import { GrowingTree, leafOf } from '../../src/audit-verifier/merkle-tree.js';
import { keyOf } from './made-history.js';

export interface Told {
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  readonly occurredAt?: string;
  /** What is hashed in place of the data. */
  readonly hashed?: object;
}

const AT = '2026-01-01T00:00:00.000Z';

/** An export of these events whose chains, tree and signature are as they should be: by somebody who has the key. */
export const signedFile = (told: readonly Told[], signer = keyOf(1)): readonly string[] => {
  const ends = new Map<string, { readonly revision: number; readonly hash: string }>();
  const tree = new GrowingTree();
  const lines = [canonical({ format: 'registrar-audit/1', origin: signer.origin })];
  for (const [index, { stream, type, data, occurredAt = AT, hashed = data }] of told.entries()) {
    const end = ends.get(stream);
    const revision = (end?.revision ?? -1) + 1;
    const id = `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
    const metadata = { actorId: null, correlationId: id, causationId: id, commandId: id, occurredAt, schemaVersion: 1, previousHash: end?.hash ?? null };
    const hash = sha256(canonical([stream, revision, id, type, hashed, metadata])).toString('hex');
    ends.set(stream, { revision, hash });
    tree.add(leafOf({ hash, id, revision, stream, type }));
    lines.push(canonical({ index, stream, revision, id, type, data, metadata: { ...metadata, hash } }));
  }
  return [...lines, canonical({ size: told.length, root: tree.root().toString('base64'), checkpoint: signer.sign(told.length, tree.root()) })];
};
