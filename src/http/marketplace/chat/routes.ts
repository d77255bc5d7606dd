import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { chatRoutes as chats } from './chats.js';
import { feedRoute } from './events.js';
import { messageRoutes } from './messages.js';

export const chatRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    for (const routes of [...chats, messageRoutes, feedRoute]) await app.register(routes(services));
  };
