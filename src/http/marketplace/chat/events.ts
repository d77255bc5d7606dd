import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Position } from '../../../ports/event-store.js';
import { messagesOf, type ChatDocument } from '../../../projections/chats/queries.js';
import { liveSession } from '../../../projections/sessions/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { openFeed } from './feed.js';
import { FeedHub } from './feed-hub.js';
import { FeedPlaces } from '../../shared/feed-places.js';
import { FeedHeaders, FeedStart, feedStart } from '../../shared/feed-start.js';
import { ChatParams, MessageFeed } from './schemas.js';
import { anyAccount, common, readableChat, visibleChat } from './visible-chat.js';

/** The session is asked for each time, so that the role is the present one too. */
const mayGoOn = async (services: HttpServices, { accountId, sessionId, role }: RequestAccount, { id, thread }: ChatDocument): Promise<boolean> => {
  const session = sessionId === null ? { role } : await liveSession(services.readModels, sessionId, accountId);
  if (session === null) return false;
  const chat = await readableChat(services, { accountId, role: session.role }, id);
  return chat?.thread === thread;
};

const feedOf = (services: HttpServices, hub: FeedHub, request: FastifyRequest, chat: ChatDocument, after: Position | undefined): Readable => {
  const { readModels, commands } = services;
  const account = accountOf(request);
  const { thread } = chat;
  return openFeed({
    hub,
    clock: commands.clock,
    thread,
    after,
    mayGoOn: () => mayGoOn(services, account, chat),
    read: (from, upTo, limit) => messagesOf(readModels, { thread, order: 'oldest', from, upTo, limit }),
    onFailure: (error) => request.log.warn({ err: error, requestId: request.id }, 'a feed of messages ended'),
  });
};

export const feedRoute = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const hub = new FeedHub(services, (err) => app.log.warn({ err }, 'the feeds of messages wait for the read model'));
  const places = new FeedPlaces();
  // The server waits for the answers under way, and a feed is one.
  app.addHook('preClose', async () => hub.stop());

  app.get(
    '/chat/:id/events',
    {
      schema: {
        ...common,
        summary: 'New messages of a chat, as server-sent events',
        description:
          'Begins with what came after Last-Event-ID (or `after`), else with what comes now. It ends when the session ends or the account may not read the chat any more: within 15 seconds, and before any further message.',
        params: ChatParams,
        querystring: Type.Object(FeedStart),
        headers: FeedHeaders,
        response: { 200: MessageFeed, ...problems(404) },
      },
      // Read by HEAD it would stay open for nobody.
      exposeHeadRoute: false,
      config: { ...anyAccount, rule: 'chat-reader', feed: true },
    },
    async (request, reply) => {
      const { id } = request.params;
      const account = accountOf(request);
      const chat = await visibleChat(services, account, id);
      const after = await feedStart(services.store, request);
      const free = places.take(account.accountId);
      const feed = feedOf(services, hub, request, chat, after).once('close', free);
      // Behind another answer on the same connection nothing else tells that the client is gone.
      request.raw.socket.once('close', () => feed.destroy());
      // Nothing follows a feed on its connection: a server that stops has not to wait for one.
      return reply.type('text/event-stream').headers({ 'x-accel-buffering': 'no', connection: 'close' }).send(feed);
    },
  );
};
