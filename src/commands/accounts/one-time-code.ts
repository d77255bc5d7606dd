import { timingSafeEqual } from 'node:crypto';
import type { KeyStore } from '../../ports/key-store.js';

type Signer = Pick<KeyStore, 'sign'>;

const CODES = 1_000_000;
/** The largest multiple of a million that fits 32 bits: words from there on would favour small codes. */
const FAIR_LIMIT = Math.floor(0x1_0000_0000 / CODES) * CODES;

/** The six digits of a one-time code, derived from its id and the secret: nothing has to keep them. */
export const oneTimeCode = (keys: Signer, otpId: string): string => {
  for (let round = 0; ; round += 1) {
    const digest = keys.sign('one-time-code', round === 0 ? otpId : `${otpId}#${round}`);
    for (let offset = 0; offset + 4 <= digest.length; offset += 4) {
      const word = digest.readUInt32BE(offset);
      if (word < FAIR_LIMIT) return String(word % CODES).padStart(6, '0');
    }
  }
};

export const isOneTimeCode = (keys: Signer, otpId: string, given: string): boolean => {
  const expected = Buffer.from(oneTimeCode(keys, otpId));
  const candidate = Buffer.from(given.trim());
  return candidate.length === expected.length && timingSafeEqual(candidate, expected);
};
