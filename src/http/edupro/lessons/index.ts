import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { uploadBudget, VIDEO_BYTES_PER_ADDRESS } from '../../uploads/picture-upload.js';
import { createLessonRoutes } from './create-lesson.js';
import { deleteLessonRoutes } from './delete-lesson.js';
import { lessonFileRoutes } from './lesson-files.js';
import { readLessonRoutes } from './read-lessons.js';
import { updateLessonRoutes } from './update-lesson.js';

export const lessonRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const budget = uploadBudget(services, VIDEO_BYTES_PER_ADDRESS);
    await app.register(readLessonRoutes(services));
    await app.register(lessonFileRoutes(services));
    await app.register(createLessonRoutes(services, budget));
    await app.register(updateLessonRoutes(services, budget));
    await app.register(deleteLessonRoutes(services));
  };
