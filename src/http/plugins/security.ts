import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpServices } from '../http-services.js';

/** Browsers ask before each of them but GET, HEAD and POST. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_AGE_SECONDS = 600;
const READABLE_HEADERS = ['x-position', 'x-as-of', 'x-request-id', 'idempotency-replayed', 'retry-after', 'x-ratelimit-remaining'];

/**
 * The headers that each answer carries beside its own. Answers of an API are no pages: a browser may load, frame or run
 * nothing from them. The page at /docs has a policy of its own.
 */
export const securityHeaders = ({ config }: Pick<HttpServices, 'config'>): Readonly<Record<string, string>> => ({
  // Answers hold tokens and what concerns one person; the few that may be kept say so themselves.
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  ...(config.production ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
});

/** Register before what may refuse a request: a page can read no refusal without these headers, and asks without its token. */
export const useCors = async (app: FastifyInstance, { config }: Pick<HttpServices, 'config'>): Promise<void> => {
  // Without CORS headers no page of another origin may call.
  if (config.corsOrigins.length === 0) return;
  const anyOrigin = config.corsOrigins.includes('*');
  await app.register(cors, {
    origin: anyOrigin ? '*' : [...config.corsOrigins],
    methods: METHODS,
    credentials: !anyOrigin,
    exposedHeaders: READABLE_HEADERS,
    maxAge: MAX_AGE_SECONDS,
  });
};

const preflightHeaders = ({ headers }: FastifyRequest): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': METHODS.join(', '),
  'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
  'access-control-max-age': String(MAX_AGE_SECONDS),
});

/** What useCors adds, for a request that meets no hook: empty where the page may not call. */
export const corsHeaders = ({ config }: Pick<HttpServices, 'config'>, request: FastifyRequest): Readonly<Record<string, string>> => {
  const { origin } = request.headers;
  const anyOrigin = config.corsOrigins.includes('*');
  if (origin === undefined || !(anyOrigin || config.corsOrigins.includes(origin))) return {};
  return {
    ...(anyOrigin ? { 'access-control-allow-origin': '*' } : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' }),
    'access-control-expose-headers': READABLE_HEADERS.join(', '),
    ...(request.method === 'OPTIONS' ? preflightHeaders(request) : {}),
  };
};
