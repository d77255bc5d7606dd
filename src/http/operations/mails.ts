import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { MailDecided, MailDecision } from '../../commands/mails/mail-decision.js';
import { succeeded } from '../../commands/outcome.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { MailDocument } from '../../projections/mails/document.js';
import { listUndecidedMails, type UndecidedStatus } from '../../projections/mails/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { answerWhenVisible } from '../shared/answer-when-visible.js';
import { contextOf } from '../shared/command-context.js';
import { answerPage, Page, PageQuery } from '../shared/pagination.js';
import { Problem, problems } from '../shared/problem.js';
import { ClientId } from '../shared/text-schemas.js';
import { operatingLimit } from './limits.js';

const Outcome = Type.Enum(['unknown', 'given-up'], { default: 'unknown', description: 'unknown: it may have arrived; given-up: it has not' });

const UndecidedMail = Type.Object({
  id: Type.String(),
  template: Type.String(),
  accountId: Type.String(),
  outcome: Type.Enum(['unknown', 'given-up']),
  attempts: Type.Integer(),
  reason: Nullable(Type.String()),
  requestedAt: Type.String(),
  endedAt: Nullable(Type.String()),
  correlationId: Type.String({ description: 'GET /audit/traces/:correlationId shows what it came from' }),
});

const DecidedMail = Type.Object({ id: Type.String(), decision: Type.Enum(['resend', 'sent', 'not-needed']) });
type DecidedMail = Static<typeof DecidedMail>;

const statusOf: Readonly<Record<Static<typeof Outcome>, UndecidedStatus>> = { unknown: 'unknown', 'given-up': 'abandoned' };

const present = ({ id, template, accountId, status, attempts, reason, requestedAt, endedAt, correlationId }: MailDocument): Static<typeof UndecidedMail> => ({
  id,
  template,
  accountId,
  outcome: status === 'unknown' ? 'unknown' : 'given-up',
  attempts,
  reason,
  requestedAt,
  endedAt,
  correlationId,
});

const tags = ['Operations'];
const params = Type.Object({ id: ClientId });
const config = { access: ['admin'], reads: ['mails'], limits: { areas: [operatingLimit] } } as const;
const response = { 200: DecidedMail, ...problems(404, 409) };

/** GET /operations/mails, which wait for a person, and that person's decision: POST …/:id/resend and …/:id/settle. */
export const operatedMailRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { operating, readModels } = services;

    /** The account that asked is recorded with it, as the command line records its operator. */
    const decided = async (request: FastifyRequest, reply: FastifyReply, { id, decision }: DecidedMail, decide: (of: MailDecision) => Promise<MailDecided>): Promise<DecidedMail> => {
      const outcome = await decide({ mailId: id, operator: accountOf(request).accountId, context: contextOf(request) });
      if (!outcome.ok && 'withdrawn' in outcome) {
        throw new Problem(409, 'mail-withdrawn', `It is not sent, and off the list: ${outcome.withdrawn}.`, undefined, { reason: outcome.withdrawn });
      }
      return answerWhenVisible<DecidedMail>(services, reply, outcome.ok ? succeeded({ id, decision }, outcome) : outcome);
    };

    app.get(
      '/operations/mails',
      {
        schema: { tags, summary: 'Mails that wait for a person, the last one first', querystring: Type.Object({ ...PageQuery.properties, outcome: Type.Optional(Outcome) }), response: { 200: Page(UndecidedMail) } },
        config,
      },
      async ({ query }) => answerPage(query, (page) => listUndecidedMails(readModels, statusOf[query.outcome ?? 'unknown'], page), ({ mails }) => mails.map(present)),
    );

    app.post(
      '/operations/mails/:id/resend',
      {
        schema: { tags, summary: 'Sends a mail once more that may have arrived, or was given up', description: 'A mail that has no use any more (an expired code) is taken off the list instead: 409.', params, response },
        config,
      },
      async (request, reply) => decided(request, reply, { id: request.params.id, decision: 'resend' }, operating.resendMail),
    );

    app.post(
      '/operations/mails/:id/settle',
      {
        schema: {
          tags,
          summary: 'Records what became of a mail',
          params,
          body: Type.Object({ outcome: Type.Enum(['sent', 'not-needed'], { description: "sent: the mail server's log says so; not-needed: it will not be sent" }) }),
          response,
        },
        config,
      },
      async (request, reply) => {
        const { outcome } = request.body;
        return decided(request, reply, { id: request.params.id, decision: outcome }, (decision) => operating.settleMail(decision, outcome));
      },
    );
  };
