import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { CheckpointSigner } from '../../ports/audit.js';

export interface SigningKey {
  /** Of the log: what its checkpoints begin with. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly seed: Uint8Array;
}

const ED25519 = Uint8Array.of(1);
const PKCS8_OF_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_BYTES = 32;

const keyId = (name: string, typedKey: Uint8Array): Buffer => createHash('sha256').update(`${name}\n`).update(typedKey).digest().subarray(0, 4);

const privateKeyOf = (seed: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8_OF_ED25519, seed]), format: 'der', type: 'pkcs8' });

const typedKeyOf = (seed: Uint8Array): Buffer => {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return Buffer.concat([ED25519, spki.subarray(spki.length - PUBLIC_BYTES)]);
};

/** Signs with one Ed25519 key, in the form of C2SP signed-note. */
export class Ed25519CheckpointSigner implements CheckpointSigner {
  readonly origin: string;
  readonly vkey: string;
  readonly #key: KeyObject;
  readonly #id: Buffer;

  constructor({ name, seed }: SigningKey) {
    const typed = typedKeyOf(seed);
    this.origin = name;
    this.#key = privateKeyOf(seed);
    this.#id = keyId(name, typed);
    this.vkey = `${name}+${this.#id.toString('hex')}+${typed.toString('base64')}`;
  }

  sign(size: number, root: Uint8Array): string {
    const text = `${this.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
    const signature = Buffer.concat([this.#id, sign(null, Buffer.from(text), this.#key)]);
    return `${text}\n— ${this.origin} ${signature.toString('base64')}\n`;
  }
}

/** A new key in the form that AUDIT_SIGNING_KEY has, `PRIVATE+KEY+name+id+key`, and its public half. */
export const newSigningKey = (name: string, seed: Uint8Array = randomBytes(32)): { readonly signingKey: string; readonly vkey: string } => {
  const { vkey } = new Ed25519CheckpointSigner({ name, seed });
  const id = keyId(name, typedKeyOf(seed)).toString('hex');
  return { signingKey: `PRIVATE+KEY+${name}+${id}+${Buffer.concat([ED25519, seed]).toString('base64')}`, vkey };
};
