import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { uploadBudget, VIDEO_BYTES_PER_ADDRESS } from '../../uploads/picture-upload.js';
import { changeLessonRoutes } from './change-lessons.js';
import { lessonFileRoutes } from './lesson-files.js';
import { readLessonRoutes } from './read-lessons.js';

export const lessonRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(readLessonRoutes(services));
    await app.register(lessonFileRoutes(services));
    await app.register(changeLessonRoutes(services, uploadBudget(services, VIDEO_BYTES_PER_ADDRESS)));
  };
