import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { mailDelivery, type MailDelivery } from '../../../commands/mails/mail-delivery.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { limits } from '../limits.js';
import { mailIdIn, messageIdOf } from './message-id.js';
import { Status } from './schemas.js';

const STATUSES: Readonly<Record<MailDelivery['status'], Static<typeof Status>['status']>> = {
  pending: 'queued',
  sent: 'delivered',
  abandoned: 'failed',
  unknown: 'unknown',
  withdrawn: 'cancelled',
};

export const statusRoutes =
  ({ commands, config: { mailFrom } }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/email/status/:messageId',
      {
        schema: {
          tags: ['Academy: mails'],
          summary: 'What became of a mail (3.2.3)',
          params: Type.Object({ messageId: Line({ maxLength: 400, description: 'With or without < and >' }) }),
          response: { 200: Answer(Status), ...problems(404) },
        },
        config: { ...adminsOnly, reads: [], limits: { areas: [limits.email] } },
      },
      async ({ params }) => {
        const mailId = mailIdIn(params.messageId, mailFrom);
        const delivery = mailId === undefined ? undefined : await mailDelivery(commands, mailId);
        if (mailId === undefined || delivery === undefined) throw new Problem(404, 'email-not-found', 'Email not found');
        const { status, attemptedAt: sentAt, sentAt: deliveredAt } = delivery;
        return answer({ messageId: messageIdOf(mailId, mailFrom), status: STATUSES[status], sentAt, deliveredAt }, 'Email status retrieved successfully');
      },
    );
  };
