import { createHash } from 'node:crypto';
import type { LogRecord } from '../kernel/projection.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

type Named = Pick<LogRecord, 'id' | 'revision' | 'stream' | 'type' | 'metadata'>;

/** The leaf of an event (docs/audit-format.md): it names the event by its hash, which covers all the rest. */
export const leafHash = ({ id, revision, stream, type, metadata }: Named): Buffer => {
  const { hash = null } = metadata;
  return sha256(LEAF, JSON.stringify({ hash, id, revision, stream, type }));
};

export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

export const EMPTY_ROOT = sha256('');

/** The root over neighbouring subtrees, of which each is greater than the next. */
export const joined = (hashes: readonly Buffer[]): Buffer => hashes.reduceRight<Buffer | undefined>((right, left) => (right === undefined ? left : nodeHash(left, right)), undefined) ?? EMPTY_ROOT;
