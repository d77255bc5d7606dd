import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { KeyStore } from '../../ports/key-store.js';
import { Nullable } from '../../domain/kernel/event-schema.js';

/** How a payer goes on at the provider or the bank. */
export const NextAction = Type.Object({
  kind: Type.Enum(['redirect', 'client'], { description: 'redirect: open redirectUrl; client: hand clientSecret to the provider’s library' }),
  clientSecret: Nullable(Type.String()),
  redirectUrl: Nullable(Type.String()),
});
export type NextAction = Readonly<Static<typeof NextAction>>;

const validator = Compile(NextAction);

const placeOf = (paymentId: string): string => `next-action/${paymentId}`;

/** As the log and the read model keep it: whoever reads those can't go on in the payer's name. */
export const sealNextAction = (keys: KeyStore, paymentId: string, { kind, clientSecret, redirectUrl }: NextAction): string =>
  keys.seal(placeOf(paymentId), JSON.stringify({ kind, clientSecret, redirectUrl }));

/** Undefined: it was sealed with another JWT_SECRET. */
export const unsealNextAction = (keys: KeyStore, paymentId: string, sealed: string): NextAction | undefined => {
  const text = keys.unseal(placeOf(paymentId), sealed);
  const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
  return validator.Check(parsed) ? parsed : undefined;
};
