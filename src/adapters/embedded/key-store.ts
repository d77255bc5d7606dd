import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

type Signing = Parameters<KeyStore['sign']>[0];

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (secret: string, purpose: Signing | 'seal' | 'seal-nonce'): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'registrar', purpose, 32));

/** One key per purpose, by HKDF from the one secret of the configuration. */
export class DerivedKeyStore implements KeyStore {
  readonly #signing: Readonly<Record<Signing, Uint8Array>>;
  readonly #sealing: Uint8Array;
  readonly #nonces: Uint8Array;

  constructor(secret: string) {
    this.#signing = {
      'refresh-token': keyFor(secret, 'refresh-token'),
      'one-time-code': keyFor(secret, 'one-time-code'),
      undo: keyFor(secret, 'undo'),
      'password-tries': keyFor(secret, 'password-tries'),
      'coupon-code': keyFor(secret, 'coupon-code'),
    };
    this.#sealing = keyFor(secret, 'seal');
    this.#nonces = keyFor(secret, 'seal-nonce');
  }

  sign(purpose: Signing, message: string): Buffer {
    return createHmac('sha256', this.#signing[purpose]).update(message).digest();
  }

  seal(place: string, text: string): string {
    // The nonce is derived from all that is sealed: two texts never share one.
    const nonce = createHmac('sha256', this.#nonces).update(JSON.stringify([place, text])).digest().subarray(0, NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#sealing, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
  }

  unseal(place: string, sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(CIPHER, this.#sealing, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
