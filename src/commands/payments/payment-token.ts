import type { KeyStore } from '../../ports/key-store.js';

const SEALED = 'sealed:';

const placeOf = (paymentId: string): string => `payment-token/${paymentId}`;

/** The provider's token as the log keeps it: who reads the log, an audit or an export can't charge the card. */
export const sealPaymentToken = (keys: KeyStore, paymentId: string, token: string | null): string | null =>
  token === null ? null : `${SEALED}${keys.seal(placeOf(paymentId), token)}`;

/** The token for the provider. Old events have it as it was sent. */
export const unsealPaymentToken = (keys: KeyStore, paymentId: string, kept: string | null): string | null => {
  if (kept?.startsWith(SEALED) !== true) return kept;
  const token = keys.unseal(placeOf(paymentId), kept.slice(SEALED.length));
  if (token === undefined) throw new Error('the payment token was sealed with another JWT_SECRET');
  return token;
};
