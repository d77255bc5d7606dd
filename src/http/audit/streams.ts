import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { withoutSecrets } from '../../commands/audit/without-secrets.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { HttpServices } from '../http-services.js';
import { notFound, problems } from '../shared/problem.js';

const MAX_EVENTS = 1_000;

const AuditedEvent = Type.Object({
  id: Type.String(),
  type: Type.String(),
  revision: Type.Integer(),
  position: Type.String(),
  data: Type.Object({}, { additionalProperties: true }),
  metadata: Type.Object({}, { additionalProperties: true }),
});

const AuditedStream = Type.Object({
  stream: Type.String(),
  events: Type.Array(AuditedEvent),
  fromRevision: Type.Integer(),
  nextRevision: Type.Union([Type.Integer(), Type.Null()], { description: 'Where the next page starts; null at the end' }),
});

const present = ({ id, type, revision, position, data, metadata }: RecordedEvent): Static<typeof AuditedEvent> => ({
  id,
  type,
  revision,
  position: position.toString(),
  data: withoutSecrets({ type, data }),
  metadata: { ...metadata },
});

/** GET /audit/streams/:stream: the events of a stream in order, with time and actor. */
export const auditRoutes =
  ({ store }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
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
          params: Type.Object({ stream: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]*-[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$', maxLength: 400 }) }),
          querystring: Type.Object({
            fromRevision: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_EVENTS, default: MAX_EVENTS })),
          }),
          response: { 200: AuditedStream, ...problems(404) },
        },
        config: { access: ['admin', 'auditor'], reads: [] },
      },
      async ({ params: { stream }, query: { fromRevision = 0, limit = MAX_EVENTS } }) => {
        const events = await read(stream, fromRevision, limit + 1);
        if (events.length === 0 && (await read(stream, 0, 1)).length === 0) throw notFound('stream');
        const shown = events.slice(0, limit);
        const isMore = events.length > limit;
        return { stream, events: shown.map(present), fromRevision, nextRevision: isMore ? fromRevision + limit : null };
      },
    );
  };
