import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { recordNotice } from '../../../commands/payments/record-notice.js';
import { NoticeRefused, type PaymentGateway, type ProviderRecords } from '../../../ports/payment-gateway.js';
import type { HttpServices } from '../../http-services.js';
import { notFound, Problem, problems } from '../../shared/problem.js';

/** A provider's notices are smaller by far. */
const LONGEST_NOTICE = 262_144;
/** Providers repeat what is not answered within some seconds. */
const READING_MS = 8_000;

const Params = Type.Object({ provider: Type.String({ pattern: '^[a-z]+$', maxLength: 20 }) });
const Received = Type.Object({ received: Type.Boolean() });

interface Sender {
  readonly gateway: PaymentGateway;
  readonly records: ProviderRecords;
}

const senderOf = ({ gateway }: HttpServices, provider: string): Sender => {
  if (gateway?.name !== provider || gateway.records === null) throw notFound('payment provider');
  return { gateway, records: gateway.records };
};

const refusal = (error: unknown): Problem =>
  error instanceof NoticeRefused
    ? new Problem(400, 'notice-refused', 'The signature of this notice is missing, wrong or too old.')
    : new Problem(503, 'temporarily-unavailable', 'The notice could not be read now. Send it again later.');

/**
 * An addition to the document: what the payment provider tells. Recorded before it is answered; a notice that could not be is
 * answered 503, and the provider sends it again.
 */
export const providerNoticeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { clock } = services.commands;
    // The signature is of the bytes that were sent.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LONGEST_NOTICE }, async (_request: unknown, body: Buffer) => body);

    app.post(
      '/payments/webhooks/:provider',
      {
        schema: {
          tags: ['Payments'],
          summary: 'Notices of the payment provider, signed by it',
          description: 'For the provider alone (docs/payments.md). Each notice counts once, in whichever order they come.',
          params: Params,
          response: { 200: Received, ...problems(404, 413) },
        },
        config: { access: 'public', idempotent: false, reads: [] },
      },
      async (request) => {
        const { gateway, records } = senderOf(services, request.params.provider);
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const now = clock.now();
        const notice = await records.readNotice(bytes, request.headers, now, AbortSignal.timeout(READING_MS)).catch((error: unknown) => {
          if (!(error instanceof NoticeRefused)) request.log.warn({ err: error }, 'a notice of the payment provider could not be read');
          throw refusal(error);
        });
        // Authentic, and about nothing of ours.
        if (notice === null) return { received: true };
        const { id: noticeId, occurredAt, fact: { paymentId, ...fact } } = notice;
        if (paymentId !== null) await recordNotice(services.commands)({ provider: gateway.name, noticeId, source: 'notice', paymentId, fact, occurredAt });
        return { received: true };
      },
    );
  };
