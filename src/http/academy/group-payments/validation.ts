import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { violationsOf } from '../../shared/attached-validation.js';
import { Problem } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { anyAccount } from '../callers.js';
import { limits } from '../limits.js';
import { Emails, EmailValidation, validateEmails, validationMessage } from './email-validation.js';

const WINDOW_MS = 15 * 60_000;

/** The answer tells which addresses have accounts: few are asked about in good faith. */
const ofAccount = { max: 60, windowMs: WINDOW_MS };
const ofNetwork = { max: 300, windowMs: WINDOW_MS };

/** Throws what the document says of a list without addresses, and of what is none. */
const assertEmails = (request: FastifyRequest): void => {
  if (request.validationError === undefined) return;
  const wrong = violationsOf(request).filter(({ keyword }) => keyword !== 'maxItems' && keyword !== 'maxLength');
  if (wrong.length === 0) throw request.validationError;
  const isList = wrong.every(({ instancePath }) => instancePath.startsWith('/emails/'));
  throw isList ? new Problem(400, 'emails-malformed', 'Semua email harus memiliki format yang valid') : new Problem(400, 'emails-missing', 'Minimal 1 email harus diisi');
};

export const emailValidationRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/group-payments/validate-emails',
      {
        schema: {
          tags: ['Academy: group payments'],
          summary: 'Who can be invited to a group (section 5)',
          description: 'Whose account exists and has paid for no INTERMEDIATE class and no BUNDLE. At most 60 calls in 15 minutes.',
          body: Emails,
          response: { 200: Answer(EmailValidation) },
        },
        attachValidation: true,
        config: {
          ...anyAccount,
          reads: ['accounts', 'package-payments'],
          limits: { areas: [limits.payments], requestsPerAccount: ofAccount, requestsPerNetwork: ofNetwork },
        },
      },
      async (request) => {
        assertEmails(request);
        const found = await validateEmails(readModels, request.body.emails);
        return answer(found, validationMessage(found));
      },
    );
  };
