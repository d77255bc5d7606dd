import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { removeLesson } from '../../../commands/curriculum/remove-lesson.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { forKeepers, removingReplaced } from '../modules/module-form.js';
import { lessonToChange } from './lesson-form.js';
import { LessonId } from './schemas.js';

export const deleteLessonRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.delete(
      '/lessons/:id/delete/',
      {
        schema: {
          tags: ['EduPro: lessons'],
          summary: 'Delete lesson (8.5)',
          params: LessonId,
          response: { 200: Type.Object({ detail: Type.String() }), ...problems(403, 404) },
        },
        config: forKeepers,
      },
      async (request, reply) => {
        const { id: lessonId, courseId } = await lessonToChange(services, request.params.id);
        await run(request, reply, removeLesson, { actor: accountOf(request), courseId, lessonId }, removingReplaced(services));
        return { detail: 'Lesson deleted successfully.' };
      },
    );
  };
