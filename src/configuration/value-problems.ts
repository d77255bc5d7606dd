import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { s3Problems } from './s3.js';
import { trustedProxies } from './trusted-proxies.js';

/** The texts of the variables that are set. */
export type Texts = Readonly<Record<string, string | undefined>>;

const HOST_NAME = /^(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.?$/;
const SERVER_LIST = /^[a-z+]+:\/\/(?:[^@/?#\s]*@)?([^@/?#\s]+)(?:[/?#]\S*)?$/;
const ADDRESS = /^(?:[^\r\n<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/;

const isServer = (text: string): boolean => URL.canParse(`http://${text}`) && new URL(`http://${text}`).pathname === '/';

/** One URL that names a server or several. */
const namesServers = (text: string): boolean => SERVER_LIST.exec(text)?.[1]?.split(',').every(isServer) === true;

/** A URL for each server. */
const namesNats = (text: string): boolean => text.split(',').every((url) => /^(?:nats|tls):\/\//.test(url.trim()) && namesServers(url.trim()));

const isOrigin = (text: string): boolean => text === '*' || (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text);

const isFolderOrNothing = (path: string): boolean => {
  try {
    return !path.includes('\0') && statSync(path).isDirectory();
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
};

const SERVERS = { isRight: namesServers, wish: 'must be a URL that names a server, or several separated by commas' };
const NATS = { isRight: namesNats, wish: 'must be a URL, or several separated by commas' };
const ENDPOINT = { isRight: (text: string): boolean => isOrigin(text.replace(/\/$/, '')), wish: 'must be http:// or https:// and a host, without a path' };
const PAGE = { isRight: (text: string): boolean => URL.canParse(text), wish: 'must be a URL' };

/** What a schema of one value can't say. No message repeats the value: it may be a secret. */
const checks: Readonly<Record<string, { readonly isRight: (text: string) => boolean; readonly wish: string }>> = {
  HOST: { isRight: (text) => isIP(text) !== 0 || HOST_NAME.test(text), wish: 'must be an address or a host name to listen on' },
  DATA_DIR: { isRight: isFolderOrNothing, wish: 'must be a folder, or a path at which one can be made' },
  EVENTSTORE_URL: SERVERS,
  MONGODB_URL: SERVERS,
  NATS_URL: NATS,
  SMTP_URL: PAGE,
  PUBLIC_URL: PAGE,
  GOOGLE_CALLBACK_URL: PAGE,
  GOOGLE_ISSUER: PAGE,
  GOOGLE_AUTHORIZE_URL: PAGE,
  GOOGLE_TOKEN_URL: PAGE,
  GOOGLE_USERINFO_URL: PAGE,
  OAUTH_SUCCESS_URL: PAGE,
  VDOCIPHER_API_URL: PAGE,
  S3_URL: ENDPOINT,
  S3_PUBLIC_URL: ENDPOINT,
  MAIL_FROM: { isRight: (text) => ADDRESS.test(text), wish: 'must be an email address, or Name <address>' },
  CORS_ORIGINS: {
    isRight: (text) => text.split(',').every((origin) => origin.trim() === '' || isOrigin(origin.trim())),
    wish: 'must be origins as browsers send them (https://shop.example: no path, no slash at the end), separated by commas, or *',
  },
  TRUST_PROXY: {
    isRight: (text) => trustedProxies(text) !== undefined,
    wish:
      'must be off, the number of proxies in front (1 to 16), or their addresses and networks separated by commas ' +
      '(10.0.0.5, 10.1.0.0/16, loopback, uniquelocal). on and true are refused: any caller could name its own address in X-Forwarded-For',
  },
  CURRENCY: { isRight: (text) => Intl.supportedValuesOf('currency').includes(text), wish: 'must be a currency of ISO 4217' },
};

export const valueProblems = (texts: Texts): readonly string[] =>
  Object.entries(checks).flatMap(([name, { isRight, wish }]) => {
    const text = texts[name];
    return text === undefined || isRight(text) ? [] : [`${name} ${wish}`];
  });

const PAIRS = [
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
] as const;

/** What several values together must be. */
export const combinationProblems = (texts: Texts): readonly string[] => {
  const problems: string[] = [...s3Problems(texts)];
  for (const [one, other] of PAIRS) {
    if ((texts[one] === undefined) !== (texts[other] === undefined)) problems.push(`${one} and ${other} belong together: set both or neither`);
  }
  if (texts['OPERATIONS_PORT'] !== undefined && Number(texts['OPERATIONS_PORT']) === Number(texts['PORT'] ?? 8000)) {
    problems.push('OPERATIONS_PORT must be another one than PORT');
  }
  if (texts['PAYMENT_SANDBOX'] === 'on' && texts['STRIPE_SECRET_KEY'] !== undefined) {
    problems.push('PAYMENT_SANDBOX and STRIPE_SECRET_KEY name two gateways: set one');
  }
  if (texts['NODE_ENV'] !== 'production') return problems;
  for (const name of ['JWT_SECRET', 'COOKIE_SECRET']) {
    if (texts[name] === undefined) problems.push(`${name} is required in production (at least 32 characters)`);
  }
  if (texts['PAYMENT_SANDBOX'] === 'on') problems.push('PAYMENT_SANDBOX must not be on in production: everybody would buy for nothing');
  if (texts['RATE_LIMIT'] === 'off') problems.push('RATE_LIMIT must not be off in production');
  return problems;
};
