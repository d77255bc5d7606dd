import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { traceEvents } from '../../commands/audit/trace-events.js';
import { TRACE_KINDS, traceTree } from '../../commands/audit/trace-tree.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { tracesIn } from '../../projections/audit-traces/queries.js';
import { invoiceIdOfNumber } from '../../projections/invoices/queries.js';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { auditReading } from './limits.js';

const MOST_EVENTS = 1_000;

const Event = Type.Object({
  type: Type.String(),
  stream: Type.String(),
  revision: Type.Integer(),
  position: Type.String(),
  occurredAt: Type.String(),
  actorId: Nullable(Type.String()),
  data: Type.Object({}, { additionalProperties: true }),
});

const Node = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...TRACE_KINDS], { description: 'charge: what a payment asks of its provider and hears from it' }),
  parent: Nullable(Type.String({ description: 'What caused it; null: it began here, or its cause is on a page before' })),
  depth: Type.Integer(),
  event: Nullable(Event),
});

const Trace = Type.Object({
  id: Type.String(),
  nodes: Type.Array(Node, { description: 'Each cause before its effects' }),
  truncated: Type.Boolean(),
  nextCursor: Nullable(Type.String({ description: 'For the events after these' })),
});

/** GET /audit/traces/:id: what an event, command, correlation, payment or invoice came from and led to. */
export const traceRoutes =
  ({ readModels, store }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/audit/traces/:id',
      {
        schema: {
          tags: ['Audit'],
          summary: 'The whole tree of causes of an event, a command, a request, a payment or an invoice',
          description:
            'Takes the id of an event, of a command, of a request (the correlation), of a payment, of an invoice, or the number of an invoice. Whatever ' +
            'belongs to a purchase among them (payment, checkout, invoices, mails) is followed to its end, also where another request went on with it.',
          params: Type.Object({ id: Line({ minLength: 1, maxLength: 200 }) }),
          querystring: Type.Object({
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_EVENTS, default: MOST_EVENTS, description: 'Of events' })),
            cursor: Type.Optional(Type.String({ pattern: '^[0-9]{39}$', maxLength: 39 })),
          }),
          response: { 200: Trace, ...problems(404) },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-traces', 'invoices'], limits: { areas: [auditReading] } },
      },
      async ({ params: { id }, query: { limit = MOST_EVENTS, cursor: after } }) => {
        const services = { store, index: tracesIn(readModels) };
        const trace = (of: string | undefined) => (of === undefined ? undefined : traceEvents(services, of, { after, limit }));
        const found = (await trace(id)) ?? (await trace(await invoiceIdOfNumber(readModels, id)));
        if (found === undefined) throw notFound('event, command, request, payment or invoice');
        const nodes = traceTree(found.events, { isFirstPage: after === undefined });
        return { id, nodes: [...nodes], truncated: found.next !== null, nextCursor: found.next };
      },
    );
  };
