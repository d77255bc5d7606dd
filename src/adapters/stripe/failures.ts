import { Stripe } from 'stripe';

const LONGEST_SENTENCE = 200;
const KEYS = /\b(?:sk|rk|pk|whsec)_\w+|\b(?:pi|seti)_\w+_secret_\w+/g;

/** One line of what Stripe says, without keys and client secrets. */
export const shown = (sentence: string | null | undefined, otherwise: string): string => {
  const line = (sentence ?? '').replaceAll(KEYS, '***').replaceAll(/\s+/g, ' ').trim();
  return line === '' ? otherwise : line.slice(0, LONGEST_SENTENCE).toWellFormed();
};

/** Stripe gave no answer that says what became of the call: it is made again later, with the same key. */
export class StripeCallFailed extends Error {
  override readonly name = 'StripeCallFailed';
}

export type StripeFailure = InstanceType<typeof Stripe.errors.StripeError>;

export const isStripeFailure = (error: unknown): error is StripeFailure => error instanceof Stripe.errors.StripeError;

const HINTS: Readonly<Record<string, string>> = {
  StripeAuthenticationError: 'STRIPE_SECRET_KEY is not accepted',
  StripePermissionError: 'STRIPE_SECRET_KEY lacks a permission',
  StripeConnectionError: 'no connection, or no answer in time',
};

/** Without a cause: what the library throws holds the whole answer, client secrets included. */
export const callFailed = (error: unknown): Error => {
  if (error instanceof StripeCallFailed) return error;
  if (!isStripeFailure(error)) return new StripeCallFailed(`Stripe: ${shown(error instanceof Error ? error.message : String(error), 'the call failed')}`);
  const { type, statusCode, code, requestId } = error;
  const facts = [type, statusCode, code, requestId].filter((fact) => fact !== undefined && fact !== '').join(' ');
  return new StripeCallFailed(`Stripe (${facts}): ${HINTS[type] ?? shown(error.message, 'no message')}`);
};

const REPLAYED = 'idempotent-replayed';

/** The answer is one of before, which Stripe kept for the key. */
export const isReplay = ({ headers }: { readonly headers?: Readonly<Record<string, string>> }): boolean => headers?.[REPLAYED] === 'true';

/** A failure of Stripe's own that it kept: the same key will never give another answer. */
export const isKeptFailure = (error: unknown): boolean => isStripeFailure(error) && isReplay(error) && (error.statusCode ?? 0) >= 500;

/** The key was used with other parameters: those of another configuration. */
export const isKeyOfAnother = (error: unknown): boolean => error instanceof Stripe.errors.StripeIdempotencyError;

/** The intent has moved on: what was asked for does not fit its state. */
export const isOtherState = (error: unknown): boolean => isStripeFailure(error) && error.code === 'payment_intent_unexpected_state';

/** Invalid, but because of who asks, or when. */
const NOT_OF_THE_REQUEST = new Set(['lock_timeout', 'idempotency_key_in_use', 'livemode_mismatch', 'testmode_charges_only', 'secret_key_required', 'parameter_unknown']);

/** What was asked for can't be done, now or later. */
export const isInvalid = (error: unknown): error is StripeFailure =>
  error instanceof Stripe.errors.StripeInvalidRequestError && !NOT_OF_THE_REQUEST.has(error.code ?? '');

/** Stops waiting when the signal aborts; the library takes none. What is under way ends by its own time limit. */
export const orAborted = async <Answer>(signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> => {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('the call was given up'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
