import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { HttpConfig } from '../http-services.js';
import { Problem } from './problem.js';
import { ownOrigin } from './own-origin.js';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const LONGEST_SHOWN = 100;

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);

/** What browsers say of where a request comes from; programs say nothing. */
const isForeign = (request: FastifyRequest, trusted: ReadonlySet<string>): boolean => {
  const { headers } = request;
  const { origin } = headers;
  if (origin !== undefined) return !trusted.has(origin) && origin !== ownOrigin(request);
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
};

/**
 * Refuses what changes something and was sent by a page of another origin: the cookies of its visitor would speak for it. A request
 * that names its token in a header does not rest on cookies. The origins of CORS_ORIGINS and PUBLIC_URL are trusted.
 * `sentence`: what the surface says of the origin.
 */
export const sameOriginOnly = (
  { corsOrigins, publicUrl }: Pick<HttpConfig, 'corsOrigins' | 'publicUrl'>,
  sentence: (origin: string) => string,
): onRequestHookHandler => {
  const own = originOf(publicUrl);
  const trusted = new Set([...corsOrigins, ...(own === undefined ? [] : [own])]);
  return (request, _reply, done) => {
    if (SAFE.has(request.method) || request.headers.authorization !== undefined || !isForeign(request, trusted)) {
      done();
      return;
    }
    const shown = (request.headers.origin ?? 'another site').slice(0, LONGEST_SHOWN).toWellFormed();
    done(new Problem(403, 'foreign-origin', sentence(shown)));
  };
};
