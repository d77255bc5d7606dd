import { join } from 'node:path';
import dotenv from 'dotenv';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { academyOf, academyVariables } from './configuration/academy.js';
import { auditOf, auditProblems, auditVariables } from './configuration/audit.js';
import { refusedPasswordsOf } from './configuration/common-passwords.js';
import { googleSignInOf } from './configuration/google-sign-in.js';
import { keptSecret } from './configuration/kept-secret.js';
import { paymentSandboxOf } from './configuration/payment-sandbox.js';
import { s3Of, s3Variables } from './configuration/s3.js';
import { stripeOf, stripeProblems, stripeVariables } from './configuration/stripe.js';
import { trustedProxies } from './configuration/trusted-proxies.js';
import { readValueFiles } from './configuration/value-files.js';
import { vdocipherOf } from './configuration/vdocipher.js';
import { combinationProblems, valueProblems } from './configuration/value-problems.js';

const secret = (description: string) => Type.Optional(Type.String({ minLength: 32, description }));
const url = (protocols: string, description: string) =>
  Type.Optional(Type.String({ pattern: `^(${protocols})://.+`, description }));
const endpoint = (otherwise: string) => Type.String({ pattern: '^https?://.+', default: otherwise });

/** Every variable that is read; .env.example explains them. */
export const EnvironmentSchema = Type.Object({
  NODE_ENV: Type.Enum(['development', 'test', 'production'], { default: 'development' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8000 }),
  HOST: Type.Optional(Type.String({ description: 'Where it listens; unset: all addresses in production, else this machine alone' })),
  DATA_DIR: Type.String({ default: './data' }),
  LOG_LEVEL: Type.Optional(Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
  ROLES: Type.String({
    pattern: '^ *(http|projector|relay|processes|email|invoice)( *, *(http|projector|relay|processes|email|invoice))* *$',
    default: 'http,projector,relay,processes,email,invoice',
  }),
  JWT_SECRET: secret('Signs access tokens and derives refresh tokens and one-time codes'),
  COOKIE_SECRET: secret('Signs cookies'),
  ADMIN_EMAIL: Type.Optional(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' })),
  ADMIN_PASSWORD: Type.Optional(Type.String({ minLength: 8, maxLength: 72 })),
  ADMIN_SECOND_FACTOR: Type.Optional(Type.Enum(['on', 'off'])),
  COMMON_PASSWORDS: Type.Optional(Type.Enum(['refused', 'allowed'])),
  SERVICE_API_KEY: Type.Optional(Type.String({ minLength: 16 })),
  EVENTSTORE_URL: url('esdb|kurrentdb|esdb\\+discover|kurrentdb\\+discover', 'EventStoreDB; unset: embedded'),
  MONGODB_URL: url('mongodb|mongodb\\+srv', 'MongoDB; unset: embedded'),
  NATS_URL: url('nats|tls', 'NATS; unset: in process'),
  NATS_REPLICAS: Type.Integer({ minimum: 1, maximum: 5, default: 1 }),
  SMTP_URL: url('smtp|smtps', 'Mail server; unset: files'),
  MAIL_FROM: Type.String({ minLength: 3, default: 'Registrar <no-reply@localhost>' }),
  MAILS_PER_HOUR: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  PUBLIC_URL: url('https?', 'How clients reach it'),
  CORS_ORIGINS: Type.String({ default: '' }),
  OPERATIONS_TOKEN: Type.Optional(Type.String({ minLength: 16, pattern: '^\\S+$', description: 'Asked for by /metrics and /docs' })),
  OPERATIONS_PORT: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, description: 'Where /metrics and /docs answer, and nowhere else' })),
  GOOGLE_CLIENT_ID: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', description: 'Unset: nobody signs in with Google' })),
  GOOGLE_CLIENT_SECRET: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$' })),
  GOOGLE_CALLBACK_URL: url('https?', 'Where Google sends the browser back to; unset: PUBLIC_URL/auth/google/callback'),
  GOOGLE_ISSUER: endpoint('https://accounts.google.com'),
  GOOGLE_AUTHORIZE_URL: endpoint('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: endpoint('https://oauth2.googleapis.com/token'),
  GOOGLE_USERINFO_URL: endpoint('https://openidconnect.googleapis.com/v1/userinfo'),
  OAUTH_SUCCESS_URL: url('https?', 'Where the browser goes after it signed in with Google; unset: the answer has the tokens'),
  VDOCIPHER_API_SECRET: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', description: 'Unset: the sandbox, and no videos in production' })),
  VDOCIPHER_API_URL: endpoint('https://dev.vdocipher.com/api'),
  ...stripeVariables,
  ...academyVariables,
  ...s3Variables,
  ...auditVariables,
  CACHE_MEGABYTES: Type.Optional(Type.Integer({ minimum: 8, maximum: 65_536, description: 'What all caches together may hold' })),
  CONSOLE: Type.Enum(['on', 'off'], { default: 'on', description: 'The pages for auditors, analysts and operators at /console' }),
  RATE_LIMIT: Type.Enum(['on', 'off'], { default: 'on' }),
  TRUST_PROXY: Type.String({ default: 'off' }),
  BCRYPT_COST: Type.Integer({ minimum: 4, maximum: 15, default: 12 }),
  CURRENCY: Type.String({ pattern: '^[A-Z]{3}$', default: 'USD' }),
  INVOICE_SELLER: Type.String({ minLength: 1, default: 'Registrar' }),
  INVOICE_FONTS: Type.String({ default: '' }),
  PAYMENT_SANDBOX: Type.Optional(Type.Enum(['on', 'off'], { description: 'Cards are captured and no money moves; never in production' })),
  PAYMENT_TIMEOUT_SECONDS: Type.Integer({ minimum: 1, maximum: 86_400, default: 900 }),
  CASH_PAYMENT_TIMEOUT_SECONDS: Type.Integer({ minimum: 1, maximum: 7_776_000, default: 604_800 }),
});

export type { GoogleSignIn } from './configuration/google-sign-in.js';

export type Environment = Static<typeof EnvironmentSchema>;
export type Role = 'http' | 'projector' | 'relay' | 'processes' | 'email' | 'invoice';

export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const environmentValidator = Compile(EnvironmentSchema);

const listOf = (text: string): readonly string[] =>
  text.split(',').map((part) => part.trim()).filter((part) => part !== '');

const problemOf = (error: ReturnType<typeof environmentValidator.Errors>[number]): string => {
  const allowed = error.keyword === 'enum' ? `: ${error.params.allowedValues.join(', ')}` : '';
  return `${error.instancePath.slice(1)} ${error.message}${allowed}`;
};

const readEnvironment = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  const known = Object.keys(EnvironmentSchema.properties);
  const { texts: given, problems: inFiles } = readValueFiles(known, variables);
  const candidate: unknown = Value.Convert(EnvironmentSchema, Value.Default(EnvironmentSchema, { ...given }));
  const inSchema = environmentValidator.Errors(candidate).map(problemOf);
  const isNamed = (problem: string): boolean => [...inSchema, ...inFiles].some((named) => named.split(' ')[0]?.replace(/_FILE$/, '') === problem.split(' ')[0]);
  const others = [...valueProblems(given), ...combinationProblems(given), ...stripeProblems(given), ...auditProblems(given)].filter((problem) => !isNamed(problem));
  const problems = [...new Set([...inFiles, ...inSchema, ...others])];
  if (!environmentValidator.Check(candidate) || problems.length > 0) throw new InvalidConfiguration(problems);
  return candidate;
};

// The pattern of ROLES admits no other names.
const rolesOf = (text: string): ReadonlySet<Role> => new Set(listOf(text) as readonly Role[]);

const fontFilesOf = (text: string): { readonly regular: string; readonly bold: string | undefined } => {
  const [regular = '', bold] = text.split('|').map((file) => file.trim());
  return { regular, bold };
};

/**
 * All configuration, checked before anything else starts; the error names every problem. An empty variable counts as unset.
 * Outside production missing secrets are made and kept in DATA_DIR.
 */
export const loadConfig = (variables: Readonly<Record<string, string | undefined>>) => {
  const environment = readEnvironment(variables);
  const publicUrl = environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`;
  return Object.freeze({
    environment: environment.NODE_ENV,
    production: environment.NODE_ENV === 'production',
    port: environment.PORT,
    host: environment.HOST ?? (environment.NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1'),
    dataDirectory: environment.DATA_DIR,
    logLevel: environment.LOG_LEVEL ?? (environment.NODE_ENV === 'production' ? 'info' : 'warn'),
    roles: rolesOf(environment.ROLES),
    jwtSecret: environment.JWT_SECRET ?? keptSecret(environment.DATA_DIR, 'jwt'),
    cookieSecret: environment.COOKIE_SECRET ?? keptSecret(environment.DATA_DIR, 'cookie'),
    admin:
      environment.ADMIN_EMAIL !== undefined && environment.ADMIN_PASSWORD !== undefined
        ? Object.freeze({ email: environment.ADMIN_EMAIL, password: environment.ADMIN_PASSWORD })
        : null,
    /** New passwords that are not taken, in lower case. */
    refusedPasswords: refusedPasswordsOf(environment),
    adminSecondFactor: (environment.ADMIN_SECOND_FACTOR ?? (environment.NODE_ENV === 'production' ? 'on' : 'off')) === 'on',
    serviceApiKey: environment.SERVICE_API_KEY ?? null,
    eventStoreUrl: environment.EVENTSTORE_URL ?? null,
    mongodbUrl: environment.MONGODB_URL ?? null,
    natsUrl: environment.NATS_URL ?? null,
    natsReplicas: environment.NATS_REPLICAS,
    smtpUrl: environment.SMTP_URL ?? null,
    mailFrom: environment.MAIL_FROM,
    /** To one account. */
    mailsPerHour: environment.MAILS_PER_HOUR,
    publicUrl,
    corsOrigins: Object.freeze(listOf(environment.CORS_ORIGINS)),
    operationsToken: environment.OPERATIONS_TOKEN ?? null,
    operationsPort: environment.OPERATIONS_PORT ?? null,
    google: googleSignInOf(environment, publicUrl),
    vdocipher: vdocipherOf(environment),
    stripe: stripeOf(environment),
    academy: academyOf(environment, publicUrl),
    s3: s3Of(environment),
    audit: auditOf(environment, () => keptSecret(environment.DATA_DIR, 'audit-signing')),
    cacheBytes: environment.CACHE_MEGABYTES === undefined ? null : environment.CACHE_MEGABYTES * 1_048_576,
    /** Where the console's build puts its files, which need not be there. Null: CONSOLE is off. */
    consoleFolder: environment.CONSOLE === 'on' ? join(import.meta.dirname, 'console') : null,
    rateLimit: environment.RATE_LIMIT === 'on',
    trustProxy: trustedProxies(environment.TRUST_PROXY) ?? false,
    bcryptCost: environment.BCRYPT_COST,
    currency: environment.CURRENCY,
    /** Name, then the lines of the address. */
    invoiceSeller: Object.freeze(environment.INVOICE_SELLER.split('|').map((line) => line.trim())),
    /** Files of fonts, in the order in which a character is looked for. */
    invoiceFonts: Object.freeze(listOf(environment.INVOICE_FONTS).map(fontFilesOf)),
    paymentSandbox: paymentSandboxOf(environment),
    paymentTimeoutMs: environment.PAYMENT_TIMEOUT_SECONDS * 1_000,
    cashPaymentTimeoutMs: environment.CASH_PAYMENT_TIMEOUT_SECONDS * 1_000,
  });
};

export type Config = ReturnType<typeof loadConfig>;

/** The variables of this process; a .env file gives those that it lacks. */
export const processVariables = (): Readonly<Record<string, string | undefined>> => {
  dotenv.config({ quiet: true });
  return process.env;
};
