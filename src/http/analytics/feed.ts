import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { FACT_KINDS, type FactKind } from '../../commands/analytics/fact.js';
import type { FiguresOf } from '../../projections/analytics/queries.js';
import { liveSession } from '../../projections/sessions/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { FeedPlaces } from '../shared/feed-places.js';
import { FeedHeaders, FeedStart, feedStart } from '../shared/feed-start.js';
import { invalidField, Problem, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { openFactFeed } from './fact-feed.js';
import { FactHub } from './fact-hub.js';
import { figureReading } from './limits.js';
import { Scope } from './schemas.js';
import { FIGURE_READS, scopeFor, scopeOf, type AskedScope } from './scope.js';

const isKind = (name: string): name is FactKind => FACT_KINDS.some((kind) => kind === name);

const kindsOf = (types: string | undefined): ReadonlySet<FactKind> | null => {
  if (types === undefined) return null;
  const kinds = types.split(',').map((name) => name.trim());
  if (!kinds.every(isKind)) throw invalidField('types', `must be some of ${FACT_KINDS.join(', ')}, separated by commas`);
  return new Set(kinds.filter(isKind));
};

/** The session is asked for each time, so that the role is the present one too. */
const mayGoOn = async (services: HttpServices, request: FastifyRequest, asked: AskedScope, of: FiguresOf): Promise<boolean> => {
  const account = accountOf(request);
  const session = account.sessionId === null ? account : await liveSession(services.readModels, account.sessionId, account.accountId);
  if (session === null) return false;
  try {
    const now = await scopeFor(services, { ...account, role: session.role }, asked);
    return now.dimension === of.dimension && now.key === of.key;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
};

/** GET /analytics/feed: facts as they happen, and from any position of the log on. */
export const factFeedRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const hub = new FactHub(services, (err) => app.log.warn({ err }, 'the feeds of facts wait for the log'));
    const places = new FeedPlaces();
    // The server waits for the answers under way, and a feed is one.
    app.addHook('preClose', async () => hub.stop());

    app.get(
      '/analytics/feed',
      {
        schema: {
          tags: ['Analytics'],
          summary: 'Purchases, refunds, enrollments, attempts and uses of coupons, as server-sent events',
          description:
            'Each event is a fact of docs/analytics.md, its id the position in the log. Begins after Last-Event-ID (or `after`; 0: with the first fact there is), else with what comes now. ' +
            'An id alone, at least every 15 seconds, says how far the log was read. It ends when the session ends or the account may not see these facts any more.',
          querystring: Type.Object({
            ...Scope,
            types: Type.Optional(Line({ minLength: 1, maxLength: 400, description: `Separated by commas, of: ${FACT_KINDS.join(', ')}` })),
            ...FeedStart,
          }),
          headers: FeedHeaders,
          response: {
            200: {
              description: 'Server-sent events: the kind of the fact, its table and rows as data',
              content: { 'text/event-stream': { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string' }) } },
            },
            ...problems(403, 404),
          },
        },
        // Read by HEAD it would stay open for nobody.
        exposeHeadRoute: false,
        config: { access: 'account', rule: 'figures-reader', reads: [...FIGURE_READS, 'sessions'], limits: { areas: [figureReading] }, feed: true },
      },
      async (request, reply) => {
        const { types, after: _after, ...asked } = request.query;
        const of = await scopeOf(services, request, asked);
        const kinds = kindsOf(types);
        const after = await feedStart(services.store, request);
        const free = places.take(accountOf(request).accountId);
        const feed = openFactFeed({
          hub,
          clock: services.commands.clock,
          of,
          kinds,
          after,
          mayGoOn: () => mayGoOn(services, request, asked, of),
          onFailure: (error) => request.log.warn({ err: error, requestId: request.id }, 'a feed of facts ended'),
        }).once('close', free);
        // Behind another answer on the same connection nothing else tells that the client is gone.
        request.raw.socket.once('close', () => feed.destroy());
        // Nothing follows a feed on its connection: a server that stops has not to wait for one.
        return reply.type('text/event-stream').headers({ 'x-accel-buffering': 'no', connection: 'close' }).send(feed);
      },
    );
  };
