import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { isAdmin } from '../../../commands/access/rules.js';
import { changeChat } from '../../../commands/chats/change-chat.js';
import { endChat } from '../../../commands/chats/end-chat.js';
import { openChat, type OpenChatInput } from '../../../commands/chats/open-chat.js';
import { chatsOf, MOST_COURSES } from '../../../projections/chats/queries.js';
import { enrolledCourseIds } from '../../../projections/enrollments/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page, PageQuery } from '../../shared/pagination.js';
import { invalidField, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { presentChat } from './presenter.js';
import { ChangeChatBody, Chat, ChatParams, EndedChat, OpenChatBody } from './schemas.js';
import { anyAccount, common, reads, shown } from './visible-chat.js';

const CHATS_PER_MINUTE = { max: 30, windowMs: 60_000 };

const newChatOf = ({ type, participants, courseId = null, name = null }: OpenChatBody, actor: RequestAccount): OpenChatInput => {
  if (type === 'course' && courseId === null) throw invalidField('courseId', 'is required for the chat of a course');
  if (type !== 'course' && courseId !== null) throw invalidField('courseId', 'is for the chat of a course only');
  return { actor, type, participants, courseId, name };
};

const lists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/chat',
    {
      schema: { ...common, summary: 'The chats of the caller, the one with the latest message first', querystring: PageQuery, response: { 200: Page(Chat) } },
      config: anyAccount,
    },
    async (request) => {
      const account = accountOf(request);
      const courseIds = await enrolledCourseIds(readModels, account.accountId, MOST_COURSES);
      const reader = { accountId: account.accountId, isAdmin: isAdmin(account), courseIds };
      return answerPage(request.query, (page) => chatsOf(readModels, reader, page), ({ chats }) => chats.map(presentChat));
    },
  );

  app.get(
    '/chat/:id',
    { schema: { ...common, summary: 'One chat', params: ChatParams, response: { 200: Chat, ...problems(404) } }, config: { ...anyAccount, rule: 'chat-reader' } },
    (request) => shown(services, accountOf(request), request.params.id),
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/chat',
    {
      schema: {
        ...common,
        summary: 'Open a chat; the one that two people, or a course, have already is the answer',
        body: OpenChatBody,
        response: { 201: Chat, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, limits: { requestsPerAccount: CHATS_PER_MINUTE } },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { chatId } = await run(request, reply, openChat, newChatOf(request.body, actor));
      reply.code(201);
      return shown(services, actor, chatId);
    },
  );

  app.patch(
    '/chat/:id',
    {
      schema: {
        ...common,
        summary: 'Rename a chat; add participants to a system chat or take them out',
        params: ChatParams,
        body: ChangeChatBody,
        response: { 200: Chat, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'chat-manager' },
    },
    async (request, reply) => {
      const { id: chatId } = request.params;
      const actor = accountOf(request);
      await run(request, reply, changeChat, { actor, chatId, changes: request.body });
      return shown(services, actor, chatId);
    },
  );

  app.delete(
    '/chat/:id',
    {
      schema: { ...common, summary: 'End a chat for everybody in it', params: ChatParams, response: { 200: EndedChat, ...problems(403, 404) } },
      config: { access: 'account', reads: [], shows: reads, rule: 'chat-owner' },
    },
    async (request, reply) => {
      const { id } = request.params;
      await run(request, reply, endChat, { actor: accountOf(request), chatId: id });
      return { id, deleted: true as const };
    },
  );
};

export const chatRoutes = [lists, changes] as const;
