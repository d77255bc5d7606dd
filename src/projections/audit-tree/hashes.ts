import { hash } from 'node:crypto';
import type { LogRecord } from '../kernel/projection.js';

/** What stands before a leaf and before a node, as RFC 6962 asks. */
const LEAF = '\0';
const NODE = 1;
const BYTES = 32;

// Node gives a text in half the time of a buffer.
const sha256 = (content: string | Uint8Array): Buffer => Buffer.from(hash('sha256', content, 'binary'), 'binary');

type Named = Pick<LogRecord, 'id' | 'revision' | 'stream' | 'type' | 'metadata'>;

/** The leaf of an event (docs/audit-format.md): it names the event by its hash, which covers all the rest. */
export const leafHash = ({ id, revision, stream, type, metadata }: Named): Buffer => {
  const { hash: own = null } = metadata;
  return sha256(LEAF + JSON.stringify({ hash: own, id, revision, stream, type }));
};

// One for all: a hash is made before the next begins.
const node = new Uint8Array(1 + 2 * BYTES);
node[0] = NODE;

export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => {
  node.set(left, 1);
  node.set(right, 1 + BYTES);
  return sha256(node);
};

export const EMPTY_ROOT = sha256('');

/** The root over neighbouring subtrees, of which each is greater than the next. */
export const joined = (hashes: readonly Buffer[]): Buffer => hashes.reduceRight<Buffer | undefined>((right, left) => (right === undefined ? left : nodeHash(left, right)), undefined) ?? EMPTY_ROOT;
