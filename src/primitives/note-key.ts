import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The type of a key of C2SP signed-note: the byte before it. */
export const ED25519 = Uint8Array.of(1);
export const SEED_BYTES = 32;
const PUBLIC_BYTES = 32;
const PKCS8_OF_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 key that a seed of 32 bytes makes. */
export const privateKeyOf = (seed: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8_OF_ED25519, seed]), format: 'der', type: 'pkcs8' });

/** Its public half with its type, as a verifier key has it. */
export const publicKeyOf = (seed: Uint8Array): Buffer => {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return Buffer.concat([ED25519, spki.subarray(spki.length - PUBLIC_BYTES)]);
};

/** C2SP signed-note: 4 bytes that say which key of a name signed. `publicKey`: with its type. */
export const noteKeyId = (name: string, publicKey: Uint8Array): Buffer => createHash('sha256').update(`${name}\n`).update(publicKey).digest().subarray(0, 4);
