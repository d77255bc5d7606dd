import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { submitGroupPayment } from '../../../commands/packages/submit-group-payment.js';
import { normaliseEmail } from '../../../domain/account/email.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { anyAccount } from '../callers.js';
import { limits } from '../limits.js';
import { namesIn, seenBy } from '../payments/names.js';
import { detailReads } from '../payments/shown-payment.js';
import { presentCreated } from './presenter.js';
import { knownGroupPayment } from './reads.js';
import { CreatedGroupPayment, NewGroupPayment } from './schemas.js';
import { noneToTake, submissionRefused } from './words.js';

const assertDifferent = ({ members }: Static<typeof NewGroupPayment>): void => {
  const emails = members.map(({ email }) => normaliseEmail(email));
  const twice = emails.findIndex((email, index) => emails.indexOf(email) !== index);
  if (twice >= 0) throw invalidField(`members.${twice}.email`, 'Email must be another one for each member');
};

export const groupSubmissionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.post(
      '/group-payments',
      {
        schema: {
          tags: ['Academy: group payments'],
          summary: 'Pay for a group (section 5)',
          description: 'For an INTERMEDIATE package: the caller pays, and takes part as every member does, each in an own course of it.',
          body: NewGroupPayment,
          response: { 201: Answer(CreatedGroupPayment), ...problems(404) },
        },
        config: {
          ...anyAccount,
          reads: detailReads,
          shows: ['academy-seats'],
          limits: { areas: [limits.payments] },
          refusals: { 'validation-failed': { message: 'Validation error' } },
        },
      },
      async (request, reply) => {
        const { accountId: payerId } = accountOf(request);
        assertDifferent(request.body);
        const { paymentId } = await run(request, reply, submitGroupPayment, { payerId, ...request.body }, submissionRefused);
        const payment = await knownGroupPayment(readModels, paymentId, noneToTake);
        return reply.code(201).send(answer(presentCreated(seenBy(request, await namesIn(readModels, [payment])), payment), 'Group payment berhasil dibuat'));
      },
    );
  };
