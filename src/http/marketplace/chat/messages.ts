import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sendMessage } from '../../../commands/chats/send-message.js';
import { chatMessageById, messagesOf } from '../../../projections/chats/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { MAX_PAGE_SIZE } from '../../shared/pagination.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { placeOf, presentMessage } from './presenter.js';
import { ChatMessage, ChatParams, MessagePage, MessageQuery, SendMessageBody } from './schemas.js';
import { anyAccount, common, visibleChat } from './visible-chat.js';

const MESSAGES_PER_MINUTE = { max: 60, windowMs: 60_000 };
const USUAL_PAGE = 50;

export const messageRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);
  const { readModels } = services;

  app.get(
    '/chat/:id/messages',
    {
      schema: {
        ...common,
        summary: 'Messages of a chat, the newest first unless asked otherwise',
        description: 'The cursor stays right while messages are sent: no page skips or repeats one.',
        params: ChatParams,
        querystring: MessageQuery,
        response: { 200: MessagePage, ...problems(404) },
      },
      config: { ...anyAccount, rule: 'chat-reader' },
    },
    async (request) => {
      const { cursor, order = 'newest', limit: wanted = USUAL_PAGE } = request.query;
      const { thread } = await visibleChat(services, accountOf(request), request.params.id);
      const limit = Math.min(wanted, MAX_PAGE_SIZE);
      const from = cursor === undefined ? undefined : BigInt(cursor);
      const found = await messagesOf(readModels, { thread, order, from, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return { data: page.map(presentMessage), nextCursor: found.length > limit && last !== undefined ? placeOf(last) : null };
    },
  );

  app.post(
    '/chat/:id/messages',
    {
      schema: {
        ...common,
        summary: 'Write to a chat',
        params: ChatParams,
        body: SendMessageBody,
        response: { 201: ChatMessage, ...problems(403, 404, 409) },
      },
      config: { ...anyAccount, rule: 'chat-writer', limits: { requestsPerAccount: MESSAGES_PER_MINUTE } },
    },
    async (request, reply) => {
      const { text, clientMessageId = null } = request.body;
      const input = { actor: accountOf(request), chatId: request.params.id, text, clientMessageId };
      const { messageId } = await run(request, reply, sendMessage, input);
      const message = await chatMessageById(readModels, messageId);
      // The chat was ended meanwhile, and its messages with it.
      if (message === undefined) throw notFound('chat');
      reply.code(201);
      return presentMessage(message);
    },
  );
};
