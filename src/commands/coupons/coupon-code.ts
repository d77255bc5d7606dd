import type { KeyStore } from '../../ports/key-store.js';

/** 32 letters and digits that nobody takes for another one: each byte of a key gives one of them, none more often than another. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 10;
const FORM = /^[A-Z2-9]{10}$/;

/** Whether a code may be one of these; written in capitals. */
export const isSoldCode = (code: string): boolean => FORM.test(code);

/**
 * A code of fifty random bits for people who copy it from paper. It follows from the command, so that a repeat issues no other, and
 * from a secret, so that nobody can work it out from ids. `place`: which of the command's coupons, and which try at it.
 */
export const printCouponCode = (keys: Pick<KeyStore, 'sign'>, commandId: string, place: string): string =>
  [...keys.sign('coupon-code', `${commandId}/${place}`).subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
