import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Role } from '../../../domain/account/events.js';
import type { HttpServices } from '../../http-services.js';
import { Answer, answer, Told, told } from '../answers.js';
import { adminsAndServices } from '../callers.js';
import { Uuid } from '../fields.js';
import { limits } from '../limits.js';
import { CacheStatistics, cacheStatistics, forgetEnrollments } from './cache-statistics.js';
import type { AreaCounts } from './area-counts.js';

const tags = ['Academy: payments'];

const Health = Type.Object({ status: Type.Literal('OK'), service: Type.Literal('payment-service'), timestamp: Type.String() });

/** What programs and operators ask of the area, none of it part of buying. */
export const operationRoutes =
  (services: HttpServices, counts: AreaCounts): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { kept, commands: { clock } } = services;
    const administration = { ...adminsAndServices, limits: { areas: [limits.payments, limits.administration] } } as const;

    app.get(
      '/payments/health',
      {
        schema: { tags, summary: 'Whether payments answer (section 4)', response: { 200: Health } },
        config: { access: [...Role.enum, 'service'], reads: [], asOf: false, limits: { areas: [limits.payments] } },
      },
      async (): Promise<Static<typeof Health>> => ({ status: 'OK', service: 'payment-service', timestamp: clock.now().toISOString() }),
    );

    app.get(
      '/payments/cache-stats',
      {
        schema: {
          tags,
          summary: 'How the process that answers read its documents (section 4)',
          description: 'Since it started, or since the counts were set to zero: reset=true does that first.',
          querystring: Type.Object({ reset: Type.Optional(Type.Boolean({ default: false })) }),
          response: { 200: Answer(CacheStatistics) },
        },
        config: { ...administration, reads: [], asOf: false },
      },
      async ({ query: { reset = false } }) => {
        if (reset) {
          kept.resetReads();
          counts.reset();
        }
        return answer(cacheStatistics(kept, counts, clock.now()), reset ? 'Cache statistics reset' : 'Cache statistics');
      },
    );

    app.post(
      '/payments/invalidate-cache',
      {
        schema: {
          tags,
          summary: 'Read the enrollments of a course, or all, from the store the next time (section 4)',
          body: Type.Object({ courseId: Type.Optional(Uuid) }),
          response: { 200: Told },
        },
        config: { ...administration, reads: [], bodyOptional: true },
      },
      async ({ body: { courseId } }) => {
        forgetEnrollments(kept, courseId);
        return told(courseId === undefined ? 'All enrollment caches have been invalidated' : `Enrollment cache for course ${courseId} has been invalidated`);
      },
    );
  };
