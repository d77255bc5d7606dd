import { createHmac, hkdfSync } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

type Purpose = Parameters<KeyStore['sign']>[0];

const keyFor = (secret: string, purpose: Purpose): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'registrar', purpose, 32));

/** One key per purpose, by HKDF from the one secret of the configuration. */
export class DerivedKeyStore implements KeyStore {
  readonly #keys: Readonly<Record<Purpose, Uint8Array>>;

  constructor(secret: string) {
    this.#keys = { 'refresh-token': keyFor(secret, 'refresh-token'), 'one-time-code': keyFor(secret, 'one-time-code') };
  }

  sign(purpose: Purpose, message: string): Buffer {
    return createHmac('sha256', this.#keys[purpose]).update(message).digest();
  }
}
