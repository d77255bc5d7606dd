import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../http-services.js';
import { pictureFileRoutes } from '../uploads/picture-files.js';

/** The picture of a user, in forms and in the file store. */
export const avatarField = { name: 'avatar', folder: 'avatars' } as const;

export const avatarFileRoutes = (services: HttpServices): FastifyPluginAsync =>
  pictureFileRoutes(services, { folder: avatarField.folder, tag: 'Users: profile', summary: 'A picture of a user' });
