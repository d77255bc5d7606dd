import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { logInByProvider } from '../../../commands/accounts/log-in-by-provider.js';
import type { SessionTokens } from '../../../commands/accounts/open-session.js';
import type { HttpServices } from '../../http-services.js';
import { invalidField, Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { signInRefused } from './google-problems.js';
import { useGoogle, type GoogleProvider } from './google-provider.js';
import { presentSession } from './presenter.js';
import { setRefreshCookie } from './refresh-cookie.js';
import { Session } from './schemas.js';

const tags = ['Auth'];

const Returned = Type.Object({
  code: Type.Optional(Line({ maxLength: 2_000 })),
  state: Type.Optional(Line({ maxLength: 500 })),
  error: Type.Optional(Line({ maxLength: 200, description: 'Why Google did not let the person sign in' })),
});

const CALLBACK =
  'Answers as POST /auth/login. With two-factor on, 401 second-factor-required says that a code was mailed: ' +
  'POST /otp/verify with it and purpose login_verification gives the tokens. With OAUTH_SUCCESS_URL the browser is sent there ' +
  'instead, with ?error= and the code of the problem if there is one: POST /auth/refresh gives the page its tokens.';

const notConfigured = (): Problem =>
  new Problem(503, 'google-not-configured', 'Nobody can sign in with Google here: GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET have to be set.');

const redirectTo = (successUrl: string, error?: string): string => {
  const url = new URL(successUrl);
  if (error !== undefined) url.searchParams.set('error', error);
  return url.href;
};

/** Sign-in with Google (marketplace, Auth). The document names no statuses. */
export const googleRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { config } = services;
    const { google } = config;
    const provider = google === null ? null : await useGoogle(app, google, config.production);
    const configured = (): GoogleProvider => {
      if (provider === null) throw notConfigured();
      return provider;
    };

    const signIn = async (request: FastifyRequest<{ Querystring: { code?: string; error?: string } }>, reply: FastifyReply): Promise<SessionTokens> => {
      const { code, error } = request.query;
      const flow = configured();
      flow.assertBegun(request, reply);
      if (error !== undefined) throw signInRefused(error);
      if (code === undefined || code === '') throw invalidField('code', 'is required');
      const profile = await flow.finish(request, reply);
      const tokens = await run(request, reply, logInByProvider, profile);
      setRefreshCookie(reply, tokens.refreshToken, config.production);
      return tokens;
    };

    app.get(
      '/auth/google',
      {
        schema: { tags, summary: 'Google OAuth login', description: 'Sends the browser to Google.', response: { 302: Type.Null(), ...problems(503) } },
        config: { access: 'public', credentials: true, reads: [], asOf: false },
      },
      async (request, reply) => reply.redirect(await configured().begin(request, reply)),
    );

    app.get(
      '/auth/google/callback',
      {
        schema: {
          tags,
          summary: 'Callback for Google OAuth',
          description: CALLBACK,
          querystring: Returned,
          response: { 200: Session, 302: Type.Null(), ...problems(401, 403, 409, 502, 503) },
        },
        config: { access: 'public', credentials: true, reads: ['sessions'], shows: ['accounts'], asOf: false },
      },
      async (request, reply) => {
        const successUrl = google?.successUrl ?? null;
        if (successUrl === null) return presentSession(app, await signIn(request, reply));
        try {
          await signIn(request, reply);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          request.log.info({ requestId: request.id, code: error.code }, 'sign-in with Google failed');
          return reply.redirect(redirectTo(successUrl, error.code));
        }
        return reply.redirect(redirectTo(successUrl));
      },
    );
  };
