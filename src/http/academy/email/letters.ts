import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { requestLetter } from '../../../commands/mails/request-letter.js';
import { rupiah } from '../../../primitives/rupiah.js';
import type { HttpServices } from '../../http-services.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { servicesOnly } from '../callers.js';
import { limits } from '../limits.js';
import { messageIdOf } from './message-id.js';
import { EnrollmentLetter, PaymentLetter, Sent } from './schemas.js';

const tags = ['Academy: mails'];
const description = 'By services, with x-api-key. The same words to the same address about the same payment are one mail, however often they are asked for.';
const SENT = 'Email sent successfully';

/** Mails that another service asks for. They wait in the queue of all mails, which tries again where the server takes none. */
export const letterRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { mailFrom } = services.config;
    const config = { ...servicesOnly, reads: [], limits: { areas: [limits.email] } } as const;

    app.post(
      '/email/payment-confirmation',
      { schema: { tags, summary: 'Send a confirmation of a payment (3.2.1)', description, body: PaymentLetter, response: { 200: Answer(Sent) } }, config },
      async (request, reply) => {
        const { email: address, ...values } = request.body;
        const letter = { templateId: 'payment-confirmation', address, paymentId: values.transactionId, values } as const;
        const { mailId } = await run(request, reply, requestLetter, letter);
        return answer({ messageId: messageIdOf(mailId, mailFrom) }, SENT);
      },
    );

    app.post(
      '/email/enrollment-confirmation',
      { schema: { tags, summary: 'Send a confirmation of an enrollment (3.2.1)', description, body: EnrollmentLetter, response: { 200: Answer(Sent) } }, config },
      async (request, reply) => {
        const { email: address, paymentId, price, ...words } = request.body;
        const letter = { templateId: 'enrollment-confirmation', address, paymentId, values: { ...words, price: rupiah(price) } } as const;
        const { mailId } = await run(request, reply, requestLetter, letter);
        return answer({ messageId: messageIdOf(mailId, mailFrom) }, SENT);
      },
    );
  };
