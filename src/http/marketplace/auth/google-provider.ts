import { createHash, randomBytes } from 'node:crypto';
import type { OAuth2Namespace } from '@fastify/oauth2';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GoogleSignIn } from '../../../config.js';
import type { ProviderProfile } from '../../../commands/accounts/log-in-by-provider.js';
import { cookieOf } from '../../plugins/cookies.js';
import { Problem } from '../../shared/problem.js';
import { secretMatcher } from '../../shared/secret-matcher.js';
import { fetchUserinfo, readIdToken } from './google-answers.js';
import { refusalOfToken } from './google-problems.js';

export interface GoogleProvider {
  /** Begins a sign-in in this browser: the URL at the provider that it goes to. */
  begin(request: FastifyRequest, reply: FastifyReply): Promise<string>;
  /** Throws the problem of a browser that did not begin the sign-in, or took longer than ten minutes. */
  assertBegun(request: FastifyRequest, reply: FastifyReply): void;
  /** Exchanges the code that the browser came back with, once. Throws the problem of a provider that refuses or is out. */
  finish(request: FastifyRequest, reply: FastifyReply): Promise<ProviderProfile>;
}

const NAME = 'google';
const SCOPE = ['openid', 'email', 'profile'];
const TEN_MINUTES_SECONDS = 600;
const MOST_BYTES = 65_536;

const cookiesFor = (isProduction: boolean) => {
  // With this prefix no other host of the domain can plant the cookie.
  const prefix = isProduction ? '__Host-' : '';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isProduction, signed: true, maxAge: TEN_MINUTES_SECONDS } as const;
  return { state: `${prefix}google-state`, verifier: `${prefix}google-verifier`, attributes };
};

const stateIn = ({ query }: FastifyRequest): string =>
  typeof query === 'object' && query !== null && 'state' in query && typeof query.state === 'string' ? query.state : '';

/** Ties the id token to the browser: it comes back in the token. */
const nonceOf = (state: string): string => createHash('sha256').update(`nonce/${state}`).digest('base64url');

const stateProblem = (): Problem =>
  new Problem(400, 'oauth-state-invalid', 'This sign-in did not begin in this browser, or took too long. Begin again with GET /auth/google.');

const splitUrl = (text: string): { readonly host: string; readonly path: string } => {
  const { origin, pathname, search } = new URL(text);
  return { host: origin, path: `${pathname}${search}` };
};

/** The authorization code flow with state, PKCE (S256) and nonce; state and verifier stay in the browser, in signed http-only cookies. */
export const useGoogle = async (app: FastifyInstance, google: GoogleSignIn, isProduction: boolean): Promise<GoogleProvider> => {
  const { state, verifier, attributes } = cookiesFor(isProduction);
  const [authorize, token] = [splitUrl(google.authorizeUrl), splitUrl(google.tokenUrl)];
  const isBegunHere = (request: FastifyRequest): boolean => {
    const { valid, value } = request.unsignCookie(cookieOf(request, state) ?? '');
    return valid && value !== null && secretMatcher(value)(stateIn(request));
  };
  // With what it needs a tenth of all that is loaded at start, and few programs have Google.
  const { default: oauth2 } = await import('@fastify/oauth2');
  await app.register(oauth2, {
    name: NAME,
    scope: SCOPE,
    credentials: {
      client: { id: google.clientId, secret: google.clientSecret },
      auth: { authorizeHost: authorize.host, authorizePath: authorize.path, tokenHost: token.host, tokenPath: token.path },
      http: { timeout: google.timeoutMs, maxBytes: MOST_BYTES },
    },
    callbackUri: google.callbackUrl,
    pkce: 'S256',
    cookie: attributes,
    redirectStateCookieName: state,
    verifierCookieName: verifier,
    generateStateFunction: () => randomBytes(32).toString('base64url'),
    checkStateFunction: isBegunHere,
    userAgent: 'registrar',
  });
  const flow = app.getDecorator<OAuth2Namespace>(NAME);
  // The plugin looks for parsed cookies.
  app.addHook('onRequest', async (request) => {
    request.cookies = app.parseCookie(request.headers.cookie ?? '');
  });
  return {
    begin: async (request, reply) => {
      const url = new URL(await flow.generateAuthorizationUri(request, reply));
      url.searchParams.set('nonce', nonceOf(url.searchParams.get('state') ?? ''));
      return url.href;
    },
    assertBegun: (request, reply) => {
      const isBegun = isBegunHere(request);
      // They are good for one answer of the provider.
      if (isBegun) for (const name of [state, verifier]) void reply.clearCookie(name, attributes);
      if (!isBegun) throw stateProblem();
    },
    finish: async (request, reply) => {
      const { token: answer } = await flow.getAccessTokenFromAuthorizationCodeFlow(request, reply).catch((error: unknown) => {
        throw refusalOfToken(error);
      });
      const subject = readIdToken(answer.id_token, { google, nonce: nonceOf(stateIn(request)) });
      return fetchUserinfo(google, { accessToken: answer.access_token, subject });
    },
  };
};
