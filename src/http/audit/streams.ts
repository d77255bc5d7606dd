import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';
import { auditReading } from './limits.js';
import { AuditedStream, presentEvent, StreamName } from './stream-schemas.js';
import { eventsWithStates } from './stream-states.js';

const MAX_EVENTS = 1_000;
const MAX_WITH_STATE = 100;

/** GET /audit/streams/:stream: the events of a stream in order, with time, actor and cause, and with `state` what each made of it. */
export const auditRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store } = services;
    const read = async (stream: string, fromRevision: number, limit: number): Promise<RecordedEvent[]> => {
      const events: RecordedEvent[] = [];
      for await (const event of store.readStream(stream, { fromRevision, limit })) events.push(event);
      return events;
    };

    app.get(
      '/audit/streams/:stream',
      {
        schema: {
          tags: ['Audit'],
          summary: 'Every event of a stream with its metadata, in order',
          params: Type.Object({ stream: StreamName }),
          querystring: Type.Object({
            fromRevision: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_EVENTS, default: MAX_EVENTS, description: `With state=true at most ${MAX_WITH_STATE} are given` })),
            state: Type.Optional(Type.Boolean({ description: 'Each event with the state after it and what it changed' })),
          }),
          response: { 200: AuditedStream, ...problems(404) },
        },
        config: { access: ['admin', 'auditor'], reads: [], limits: { areas: [auditReading] } },
      },
      async ({ params: { stream }, query: { fromRevision = 0, limit: wanted = MAX_EVENTS, state = false } }) => {
        const limit = state ? Math.min(wanted, MAX_WITH_STATE) : wanted;
        const events = state ? await eventsWithStates(services, stream, fromRevision, limit + 1) : (await read(stream, fromRevision, limit + 1)).map(presentEvent);
        if (events.length === 0 && (await read(stream, 0, 1)).length === 0) throw notFound('stream');
        const isMore = events.length > limit;
        return { stream, events: events.slice(0, limit), fromRevision, nextRevision: isMore ? fromRevision + limit : null };
      },
    );
  };
