import { concat, fromBase64, sha256, toHex, utf8, type Bytes } from './bytes.js';

/** A public key that checkpoints are verified with. */
export interface VerifierKey {
  readonly vkey: string;
  readonly name: string;
  /** Four bytes in hex. */
  readonly id: string;
  readonly publicKey: Bytes;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** unknown: signed by none of the keys. forged: it says it is by one, and is not. malformed: it is no checkpoint. */
export type OpenedNote = Readonly<{ is: 'signed'; checkpoint: Checkpoint; key: VerifierKey } | { is: 'unknown' | 'forged' | 'malformed' }>;

const ED25519 = 1;
const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

const keyIdOf = async (name: string, typedKey: Bytes): Promise<string> => toHex((await sha256(concat(utf8(`${name}\n`), typedKey))).subarray(0, 4));

/** Reads `name+hex id+base64 key`; undefined where it is none. */
export const readKey = async (vkey: string): Promise<VerifierKey | undefined> => {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || id === undefined || typed?.length !== 33 || typed[0] !== ED25519 || (await keyIdOf(name, typed)) !== id) return undefined;
  return { vkey, name, id, publicKey: typed.slice(1) };
};

const checkpointOf = (text: string): Checkpoint | undefined => {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = fromBase64(root);
  return origin !== '' && SIZE.test(size) && bytes?.length === 32 ? { origin, size: Number(size), root: bytes } : undefined;
};

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Bytes;
}

const signatureOf = (line: string): Signature | undefined => {
  const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  return name === undefined || bytes === undefined || bytes.length < 5 ? undefined : { name, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
};

const isSignedBy = async ({ publicKey }: VerifierKey, signature: Bytes, text: string): Promise<boolean> => {
  const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature, utf8(text));
};

/** Opens a signed note that is a checkpoint. Throws where the browser knows no Ed25519. */
export const openNote = async (note: string, keys: readonly VerifierKey[]): Promise<OpenedNote> => {
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
    if (!(await isSignedBy(key, signature.bytes, text))) return { is: 'forged' };
    signer ??= key;
  }
  return signer === undefined ? { is: 'unknown' } : { is: 'signed', checkpoint, key: signer };
};
