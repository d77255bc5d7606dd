import { Type } from 'typebox';

/** The account at Stripe that takes cards and wallets. */
export interface StripeAccess {
  readonly secretKey: string;
  /** One, or two while a new one takes the place of an old one. */
  readonly webhookSecrets: readonly string[];
  /** Null: Stripe itself. */
  readonly apiUrl: string | null;
  readonly statementDescriptor: string | null;
  readonly receipts: boolean;
  /** Null: the page of a bank is shown by Stripe's library in the browser. */
  readonly returnUrl: string | null;
}

/** As in the schema of all variables. */
export const stripeVariables = {
  STRIPE_SECRET_KEY: Type.Optional(Type.String({ description: 'Unset: no card and no wallet is charged at Stripe' })),
  STRIPE_WEBHOOK_SECRET: Type.Optional(Type.String({ description: 'Signs what Stripe tells; two while one takes the place of the other' })),
  STRIPE_API_URL: Type.Optional(Type.String({ description: 'Another server in the place of Stripe' })),
  STRIPE_STATEMENT_DESCRIPTOR: Type.Optional(Type.String({ description: "What follows the account's own prefix on a payer's statement" })),
  STRIPE_RECEIPTS: Type.Enum(['on', 'off'], { default: 'off' }),
  STRIPE_RETURN_URL: Type.Optional(Type.String({ description: "Where a bank's page sends the payer back to" })),
};

interface Variables {
  readonly STRIPE_SECRET_KEY?: string;
  readonly STRIPE_WEBHOOK_SECRET?: string;
  readonly STRIPE_API_URL?: string;
  readonly STRIPE_STATEMENT_DESCRIPTOR?: string;
  readonly STRIPE_RETURN_URL?: string;
  readonly STRIPE_RECEIPTS: 'on' | 'off';
}

const SECRET_KEY = /^(?:sk|rk)_(?:test|live)_\w+$/;
const WEBHOOK_SECRET = /^whsec_[\w+/=-]+$/;
// https://docs.stripe.com/get-started/account/statement-descriptors
const DESCRIPTOR = /^(?=.*[A-Za-z])[\x20-\x7e]{1,22}$/;
const NOT_IN_A_DESCRIPTOR = /[<>\\'"*]/;
const MOST_WEBHOOK_SECRETS = 2;

const secretsIn = (text: string): readonly string[] => text.split(',').map((secret) => secret.trim());

const areWebhookSecrets = (text: string): boolean => {
  const secrets = secretsIn(text);
  return secrets.length <= MOST_WEBHOOK_SECRETS && secrets.every((secret) => WEBHOOK_SECRET.test(secret));
};

/** The library takes a server, and puts its own path behind it. */
const isServer = (text: string): boolean => {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false;
  const { origin, href } = new URL(text);
  return href === `${origin}/`;
};

const checks: Readonly<Record<string, { readonly isRight: (text: string) => boolean; readonly wish: string }>> = {
  STRIPE_SECRET_KEY: { isRight: (text) => SECRET_KEY.test(text), wish: 'must be a secret or restricted key of Stripe (sk_test_..., rk_live_...)' },
  STRIPE_WEBHOOK_SECRET: { isRight: areWebhookSecrets, wish: 'must be the signing secret of the webhook (whsec_...), or two separated by a comma' },
  STRIPE_API_URL: { isRight: isServer, wish: 'must be the URL of a server, without a path' },
  STRIPE_RETURN_URL: { isRight: (text) => /^https?:/.test(text) && URL.canParse(text), wish: 'must be a URL of a web page' },
  STRIPE_STATEMENT_DESCRIPTOR: {
    isRight: (text) => DESCRIPTOR.test(text) && !NOT_IN_A_DESCRIPTOR.test(text),
    wish: 'must be 1 to 22 characters of ASCII with a letter among them, and none of < > \\ \' " *',
  },
};

/** What is wrong with these variables, alone and together. No message repeats a value: it may be a secret. */
export const stripeProblems = (texts: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const problems = Object.entries(checks).flatMap(([name, { isRight, wish }]) => {
    const text = texts[name];
    return text === undefined || isRight(text) ? [] : [`${name} ${wish}`];
  });
  if ((texts['STRIPE_SECRET_KEY'] === undefined) !== (texts['STRIPE_WEBHOOK_SECRET'] === undefined)) {
    problems.push('STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together: set both or neither');
  }
  if (texts['NODE_ENV'] === 'production' && texts['STRIPE_API_URL']?.startsWith('https:') === false) {
    problems.push('STRIPE_API_URL must start with https:// in production, or be unset');
  }
  return problems;
};

/** Null: no account takes cards and wallets. */
export const stripeOf = (variables: Variables): StripeAccess | null => {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecrets } = variables;
  if (secretKey === undefined || webhookSecrets === undefined) return null;
  return Object.freeze({
    secretKey,
    webhookSecrets: Object.freeze(secretsIn(webhookSecrets)),
    apiUrl: variables.STRIPE_API_URL ?? null,
    statementDescriptor: variables.STRIPE_STATEMENT_DESCRIPTOR ?? null,
    receipts: variables.STRIPE_RECEIPTS === 'on',
    returnUrl: variables.STRIPE_RETURN_URL ?? null,
  });
};
