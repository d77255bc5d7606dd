import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { recordAccess } from '../../commands/audit/record-access.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { searchAccesses } from '../../projections/audit-accesses/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { splitMoment } from '../shared/asked-moment.js';
import { contextOf } from '../shared/command-context.js';
import { Cursor, cursorOf, placeOf } from '../shared/cursor.js';
import { endOf, startOf } from '../shared/instants.js';
import { foundBy } from '../shared/pagination.js';
import { Instant, Line } from '../shared/text-schemas.js';
import { auditReading } from './limits.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route of /audit answers an export, each of which is recorded. Absent: a read. */
    isAuditExport?: boolean;
  }
}

const LONGEST_PATH = 600;
const LONGEST_VALUE = 200;

const shownQuery = ({ query, raw }: FastifyRequest): string => {
  const moment = splitMoment(raw.url ?? '');
  const asked = Object.entries({ ...(typeof query === 'object' ? query : null), ...(moment === undefined ? {} : { asOf: moment.asOf }) });
  return canonicalJson(Object.fromEntries(asked.map(([name, value]) => [name, String(value).slice(0, LONGEST_VALUE)])));
};

const pathOf = ({ url }: FastifyRequest): string => (url.split('?')[0] ?? '').slice(0, LONGEST_PATH);

/**
 * Records each read of the audit before it is answered, by every route of the app that it is called on; rejects where that can't be
 * done, so that nobody reads unseen. What is open to all and what changes something is not recorded here.
 */
export const recordAccesses = (app: Parameters<FastifyPluginAsyncTypebox>[0], { commands, past }: HttpServices): void => {
  // The app of the present has recorded what it asks of a moment.
  if (past === null) return;
  const record = recordAccess(commands);
  app.addHook('preHandler', async (request) => {
    const { url: route = '', config } = request.routeOptions;
    if (config.access === 'public' || (request.method !== 'GET' && request.method !== 'HEAD')) return;
    const { accountId } = accountOf(request);
    await record(config.isAuditExport === true ? 'export' : 'read', { accountId, route, path: pathOf(request), query: shownQuery(request) }, contextOf(request));
  });
};

const Access = Type.Object({
  id: Type.String({ description: 'Of the event' }),
  kind: Type.Enum(['read', 'export']),
  accountId: Type.String(),
  route: Type.String(),
  path: Type.String(),
  query: Type.String({ description: 'What was asked for, as JSON' }),
  at: Type.String(),
});

/** GET /audit/accesses: who read and exported what. */
export const accessRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/audit/accesses',
      {
        schema: {
          tags: ['Audit'],
          summary: 'Who read or exported what of the audit, the newest first',
          description: 'Each read is recorded before it is answered. The same read of the same account within a minute counts once, exports always.',
          querystring: Type.Object({
            actor: Type.Optional(Line({ minLength: 1, maxLength: 200 })),
            path: Type.Optional(Line({ minLength: 1, maxLength: LONGEST_PATH, description: 'Such as /audit/streams/payment-1' })),
            kind: Type.Optional(Type.Enum(['read', 'export'])),
            from: Type.Optional(Instant({})),
            to: Type.Optional(Instant({})),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
            cursor: Type.Optional(Cursor),
          }),
          response: { 200: Type.Object({ data: Type.Array(Access), nextCursor: Nullable(Type.String()) }) },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-accesses'], limits: { areas: [auditReading] } },
      },
      async ({ query: { actor, path, kind, from, to, limit = 20, cursor } }) => {
        const search = {
          ...(actor === undefined ? {} : { actor }),
          ...(path === undefined ? {} : { path }),
          ...(kind === undefined ? {} : { kind }),
          ...(from === undefined ? {} : { from: startOf('from', from) }),
          ...(to === undefined ? {} : { to: endOf('to', to) }),
        };
        const { found, next } = await foundBy(searchAccesses(readModels, search, { limit, ...(cursor === undefined ? {} : { after: placeOf(cursor) }) }));
        const data = found.map(({ id, kind: done, accountId, route, path: of, query, at }) => ({ id, kind: done, accountId, route, path: of, query, at }));
        return { data, nextCursor: next === null ? null : cursorOf(next) };
      },
    );
  };
