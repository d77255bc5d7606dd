import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { HttpServices } from '../http-services.js';

const Health = Type.Object({
  status: Type.Enum(['ok', 'unavailable']),
  parts: Type.Record(Type.String(), Type.Object({ status: Type.Enum(['up', 'down']), detail: Type.Optional(Type.String()) })),
  projections: Type.Array(
    Type.Object({
      projection: Type.String(),
      checkpoint: Type.String(),
      behind: Type.Number(),
      unit: Type.Enum(['events', 'bytes'], { description: 'Of behind: events (embedded) or bytes of the log (EventStoreDB)' }),
      secondsBehind: Type.Number({ description: 'Age of the oldest event that is missing' }),
      failure: Nullable(Type.String()),
    }),
  ),
  workers: Type.Array(
    Type.Object({ worker: Type.String(), secondsBehind: Type.Number({ description: 'How long the oldest of what it has to do has been waiting' }) }),
  ),
  deadLetters: Type.Record(Type.String(), Type.Integer()),
});

export const healthRoutes =
  ({ health }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/health',
      {
        schema: { tags: ['Health'], summary: 'Check system health', response: { 200: Health, 503: Health } },
        config: { access: 'public', rateLimit: false },
      },
      async (_request, reply) => {
        const { parts, projections, workers, deadLetters } = await health();
        const isUp = Object.values(parts).every(({ status }) => status === 'up');
        return reply.code(isUp ? 200 : 503).send({
          status: isUp ? 'ok' : 'unavailable',
          parts: { ...parts },
          projections: projections.map(({ projection, checkpoint, behind, unit, secondsBehind, failure }) => ({
            projection,
            checkpoint: checkpoint.toString(),
            behind: Number(behind),
            unit,
            secondsBehind,
            failure,
          })),
          workers: [...workers],
          deadLetters: { ...deadLetters },
        });
      },
    );
  };
