import { nextActionIn, type NextAction } from '../../domain/payment/next-action.js';
import type { KeyStore } from '../../ports/key-store.js';

const placeOf = (paymentId: string): string => `next-action/${paymentId}`;

/** As the log and the read model keep it: whoever reads those can't go on in the payer's name. */
export const sealNextAction = (keys: KeyStore, paymentId: string, { kind, clientSecret, redirectUrl }: NextAction): string =>
  keys.seal(placeOf(paymentId), JSON.stringify({ kind, clientSecret, redirectUrl }));

/** Undefined: it was sealed with another JWT_SECRET. */
export const unsealNextAction = (keys: KeyStore, paymentId: string, sealed: string): NextAction | undefined => {
  const text = keys.unseal(placeOf(paymentId), sealed);
  return text === undefined ? undefined : nextActionIn(text);
};
