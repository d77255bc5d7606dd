import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { ProjectionLag } from '../../ports/projection-progress.js';
import type { HttpServices } from '../http-services.js';
import { judged } from './health-report.js';

const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded', 'unavailable'], {
    description: 'degraded (200): something cannot be shown that nobody needs to log in, to fill a cart or to pay',
  }),
  parts: Type.Record(Type.String(), Type.Object({ status: Type.Enum(['up', 'degraded', 'down']), detail: Type.Optional(Type.String()) })),
  projections: Type.Array(
    Type.Object({
      projection: Type.String(),
      checkpoint: Type.String(),
      behind: Type.Number(),
      unit: Type.Enum(['events', 'bytes'], { description: 'Of behind: events (embedded) or bytes of the log (EventStoreDB)' }),
      secondsBehind: Type.Number({ description: 'Age of the oldest event that is missing' }),
      state: Type.Enum(['serving', 'building', 'failed']),
      since: Nullable(Type.String({ description: 'Since when it does not serve' })),
      failure: Nullable(Type.String()),
    }),
  ),
  workers: Type.Array(
    Type.Object({ worker: Type.String(), secondsBehind: Type.Number({ description: 'How long the oldest of what it has to do has been waiting' }) }),
  ),
  deadLetters: Type.Record(Type.String(), Type.Integer()),
});

const present = ({ projection, checkpoint, behind, unit, secondsBehind, unavailable }: ProjectionLag) => ({
  projection,
  checkpoint: checkpoint.toString(),
  behind: Number(behind),
  unit,
  secondsBehind,
  state: unavailable?.state ?? ('serving' as const),
  since: unavailable?.since ?? null,
  failure: unavailable?.state === 'failed' ? unavailable.reason : null,
});

/** `vitalReads` gives the projections that must be shown, as soon as all routes are known. */
export const healthRoutes =
  ({ health }: HttpServices, vitalReads: () => ReadonlySet<string>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/health',
      {
        schema: { tags: ['Health'], summary: 'Check system health', response: { 200: Health, 503: Health } },
        config: { access: 'public', rateLimit: false, reads: [], asOf: false },
      },
      async (_request, reply) => {
        const { status, parts, projections, workers, deadLetters } = judged(await health(), vitalReads());
        return reply.code(status === 'unavailable' ? 503 : 200).send({
          status,
          parts: { ...parts },
          projections: projections.map(present),
          workers: [...workers],
          deadLetters: { ...deadLetters },
        });
      },
    );
  };
