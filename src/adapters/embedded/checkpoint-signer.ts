import { randomBytes, sign, type KeyObject } from 'node:crypto';
import type { CheckpointSigner } from '../../ports/audit.js';
import { ED25519, noteKeyId, privateKeyOf, publicKeyOf, SEED_BYTES } from '../../primitives/note-key.js';

export interface SigningKey {
  /** Of the log: what its checkpoints begin with. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly seed: Uint8Array;
}

/** Signs with one Ed25519 key, in the form of C2SP signed-note. */
export class Ed25519CheckpointSigner implements CheckpointSigner {
  readonly origin: string;
  readonly vkey: string;
  readonly #key: KeyObject;
  readonly #id: Buffer;

  constructor({ name, seed }: SigningKey) {
    const typed = publicKeyOf(seed);
    this.origin = name;
    this.#key = privateKeyOf(seed);
    this.#id = noteKeyId(name, typed);
    this.vkey = `${name}+${this.#id.toString('hex')}+${typed.toString('base64')}`;
  }

  sign(size: number, root: Uint8Array): string {
    const text = `${this.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
    const signature = Buffer.concat([this.#id, sign(null, Buffer.from(text), this.#key)]);
    return `${text}\n— ${this.origin} ${signature.toString('base64')}\n`;
  }
}

/** A new key in the form that AUDIT_SIGNING_KEY has, `PRIVATE+KEY+name+id+key`, and its public half. */
export const newSigningKey = (name: string, seed: Uint8Array = randomBytes(SEED_BYTES)): { readonly signingKey: string; readonly vkey: string } => {
  const { vkey } = new Ed25519CheckpointSigner({ name, seed });
  const id = noteKeyId(name, publicKeyOf(seed)).toString('hex');
  return { signingKey: `PRIVATE+KEY+${name}+${id}+${Buffer.concat([ED25519, seed]).toString('base64')}`, vkey };
};
