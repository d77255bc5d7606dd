import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { shownState } from '../../commands/audit/shown-state.js';
import { stateChanges } from '../../commands/audit/state-changes.js';
import { emptyFold, type StreamFold } from '../../commands/audit/stream-fold.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { HttpServices } from '../http-services.js';
import { endOf } from '../shared/instants.js';
import { invalidField, notFound, problems } from '../shared/problem.js';
import { Instant } from '../shared/text-schemas.js';
import { auditReading } from './limits.js';
import { AuditedState, presentEvent, StreamName, type AuditedEvent } from './stream-schemas.js';

/** Values that are shown of each state in a list, and of one alone. */
const MOST_IN_LIST = 1_000;
const MOST_ALONE = 20_000;
/** Events that are folded before other requests get their turn. */
const TURN = 200;

const nothing: StreamFold = { state: null, after: () => nothing };

const withState = (event: RecordedEvent, before: StreamFold, after: StreamFold): AuditedEvent => {
  const { value, truncated } = shownState(after.state, MOST_IN_LIST);
  const { changes, truncated: changesTruncated } = stateChanges(before.state, after.state);
  return { ...presentEvent(event), state: value, stateTruncated: truncated, changes: [...changes], changesTruncated };
};

/** The events from a revision on, at most `limit`, each with the state after it and what it changed. Reads the stream from its start. */
export const eventsWithStates = async ({ store }: Pick<HttpServices, 'store'>, stream: string, fromRevision: number, limit: number): Promise<AuditedEvent[]> => {
  const events: AuditedEvent[] = [];
  let fold = emptyFold(stream) ?? nothing;
  for await (const event of store.readStream(stream, { limit: Math.min(fromRevision + limit, Number.MAX_SAFE_INTEGER) })) {
    const after = fold.after(event);
    if (event.revision >= fromRevision) events.push(withState(event, fold, after));
    fold = after;
    if (event.revision % TURN === 0 || event.revision >= fromRevision) await setImmediate();
  }
  return events;
};

/** The last event before the first that is beyond the revision or later than the moment, and the fold of all up to it. */
const foldedUpTo = async ({ store }: HttpServices, stream: string, isBeyond: (event: RecordedEvent) => boolean): Promise<{ fold: StreamFold; last: RecordedEvent } | undefined> => {
  let fold = emptyFold(stream) ?? nothing;
  let last: RecordedEvent | undefined;
  for await (const event of store.readStream(stream)) {
    if (isBeyond(event)) break;
    fold = fold.after(event);
    last = event;
    if (event.revision % TURN === 0) await setImmediate();
  }
  return last === undefined ? undefined : { fold, last };
};

/** GET /audit/streams/:stream/state: a stream as it was at a revision or a moment; without either, as it is. */
export const stateRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/audit/streams/:stream/state',
      {
        schema: {
          tags: ['Audit'],
          summary: 'A stream as it was at a revision or a moment',
          params: Type.Object({ stream: StreamName }),
          querystring: Type.Object({
            revision: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
            at: Type.Optional(Instant({ description: 'A moment, UTC where it names no zone; a date is its whole day' })),
          }),
          response: { 200: AuditedState, ...problems(404) },
        },
        config: { access: ['admin', 'auditor'], reads: [], limits: { areas: [auditReading] } },
      },
      async ({ params: { stream }, query: { revision, at } }) => {
        if (revision !== undefined && at !== undefined) throw invalidField('at', 'takes the place of revision: send one of them');
        const until = at === undefined ? undefined : endOf('at', at);
        const found = await foldedUpTo(services, stream, (event) => (until === undefined ? event.revision > (revision ?? Infinity) : event.metadata.occurredAt > until));
        if (found === undefined || (revision !== undefined && found.last.revision < revision)) throw notFound('state of such a stream');
        const { value, truncated } = shownState(found.fold.state, MOST_ALONE);
        const { id, revision: reached, metadata } = found.last;
        return { stream, revision: reached, eventId: id, occurredAt: metadata.occurredAt, state: value, stateTruncated: truncated };
      },
    );
  };
