import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound, problems } from '../shared/problem.js';
import { MAX_PAGE_SIZE } from '../shared/pagination.js';
import { Line } from '../shared/text-schemas.js';
import { operatingLimit } from './limits.js';
import { reachable } from './reachable.js';

const DeadLetter = Type.Object({
  id: Type.String(),
  consumer: Type.String(),
  eventId: Type.String(),
  stream: Type.String(),
  type: Type.String(),
  reason: Type.String(),
  attempts: Type.Integer(),
  failedAt: Type.String(),
});

const Query = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
});

const tags = ['Operations'];
const config = { access: ['admin'], reads: [], limits: { areas: [operatingLimit] }, asOf: false } as const;

/** GET /operations/dead-letters, and POST …/:id/replay, which hands an event to its consumer once more. */
export const deadLetterRoutes =
  ({ operating }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/operations/dead-letters',
      {
        schema: {
          tags,
          summary: 'Events that a worker gave up on, the last failure first',
          querystring: Query,
          response: { 200: Type.Object({ data: Type.Array(DeadLetter), page: Type.Integer(), limit: Type.Integer(), total: Type.Integer(), totalPages: Type.Integer() }) },
        },
        config,
      },
      async ({ log, query: { page = 1, limit = 20 } }) => {
        const letters = (await reachable(log, 'bus', operating.deadLetters)).toSorted((one, other) => (one.failedAt < other.failedAt ? 1 : -1));
        const data = letters.slice((page - 1) * limit, page * limit);
        return { data, page, limit, total: letters.length, totalPages: Math.ceil(letters.length / limit) };
      },
    );

    app.post(
      '/operations/dead-letters/:id/replay',
      {
        schema: {
          tags,
          summary: 'Hands the event to its consumer once more, with all its tries',
          description: 'The letter leaves the list; it comes back where the consumer fails again.',
          params: Type.Object({ id: Line({ minLength: 1, maxLength: 300 }) }),
          response: { 202: Type.Object({ id: Type.String(), state: Type.Literal('replaying') }), ...problems(404) },
        },
        config,
      },
      async (request, reply) => {
        const { log, params: { id } } = request;
        if (!(await reachable(log, 'bus', () => operating.replayDeadLetter(id)))) throw notFound('dead letter');
        log.info({ requestId: request.id, accountId: accountOf(request).accountId, deadLetter: id }, 'an operator replayed a dead letter');
        return reply.code(202).send({ id, state: 'replaying' as const });
      },
    );
  };
