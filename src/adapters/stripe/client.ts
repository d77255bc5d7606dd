import { Stripe } from 'stripe';

export interface StripeOptions {
  /** sk_ or rk_, test or live. */
  readonly secretKey: string;
  /** Of the webhook's endpoint: one, or two while a new one takes the place of an old one. */
  readonly webhookSecrets: readonly string[];
  /** Such as http://127.0.0.1:12111, without a path; null: Stripe itself. */
  readonly apiUrl: string | null;
  /** What follows the account's own prefix on the payer's statement. */
  readonly statementDescriptor: string | null;
  /** Stripe sends a receipt to the address that the payment method names. */
  readonly receipts: boolean;
  /** Where a bank sends the payer back to; null: its page is shown by Stripe's library in the browser. */
  readonly returnUrl: string | null;
  /** How long one request may take; twice as long where a bank is asked. A call is a few requests, within LONGEST_CALL_MS. */
  readonly requestTimeoutMs?: number;
}

export const REQUEST_TIMEOUT_MS = 4_000;
/** The repeat has the same key; the worker's own repeats come after it. */
const REPEATS = 1;

export const isLiveKey = (secretKey: string): boolean => secretKey.includes('_live_');

const serverOf = (apiUrl: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> => {
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return { protocol: isPlain ? 'http' : 'https', host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (isPlain ? '80' : '443') : port };
};

/** The library of Stripe, with the version of the API that its types describe. */
export const stripeClient = ({ secretKey, apiUrl, requestTimeoutMs = REQUEST_TIMEOUT_MS }: StripeOptions): Stripe =>
  new Stripe(secretKey, {
    timeout: requestTimeoutMs,
    maxNetworkRetries: REPEATS,
    telemetry: false,
    ...(apiUrl === null ? {} : serverOf(apiUrl)),
  });
