import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './canonical-json.js';

/** A public key that checkpoints are verified with. */
export interface VerifierKey {
  readonly vkey: string;
  readonly name: string;
  /** Four bytes in hex. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** signed: by this key. unknown: by none that was given. forged: it says so and it is not. malformed: it is no checkpoint. */
export type OpenedNote = Readonly<{ is: 'signed'; checkpoint: Checkpoint; key: VerifierKey } | { is: 'unknown' | 'forged' | 'malformed' }>;

const ED25519 = 1;
const SPKI_OF_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

/** The bytes; undefined where another text would give the same ones. */
export const fromBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

const keyIdOf = (name: string, typedKey: Uint8Array): string => sha256(Buffer.concat([Buffer.from(`${name}\n`), typedKey])).subarray(0, 4).toString('hex');

/** Reads `name+hex id+base64 key`; undefined where it is none. */
export const readKey = (vkey: string): VerifierKey | undefined => {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || id === undefined || typed?.length !== 33 || typed[0] !== ED25519 || keyIdOf(name, typed) !== id) return undefined;
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_OF_ED25519, typed.subarray(1)]), format: 'der', type: 'spki' });
  return { vkey, name, id, publicKey };
};

const checkpointOf = (text: string): Checkpoint | undefined => {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = fromBase64(root);
  return origin !== '' && SIZE.test(size) && bytes?.length === 32 ? { origin, size: Number(size), root: bytes } : undefined;
};

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Buffer;
}

const signatureOf = (line: string): Signature | undefined => {
  const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  return name === undefined || bytes === undefined || bytes.length < 5 ? undefined : { name, id: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
};

/** Opens a signed note that is a checkpoint. */
export const openNote = (note: string, keys: readonly VerifierKey[]): OpenedNote => {
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) return { is: 'malformed' };
  const text = note.slice(0, end + 1);
  const checkpoint = checkpointOf(text);
  const signatures = note.slice(end + 2, -1).split('\n').map(signatureOf);
  if (checkpoint === undefined || signatures.length === 0) return { is: 'malformed' };
  let signer: VerifierKey | undefined;
  for (const signature of signatures) {
    if (signature === undefined) return { is: 'malformed' };
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, signature.bytes)) return { is: 'forged' };
    signer ??= key;
  }
  return signer === undefined ? { is: 'unknown' } : { is: 'signed', checkpoint, key: signer };
};
