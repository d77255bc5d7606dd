import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addLesson } from '../../../commands/curriculum/add-lesson.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { FORM_OR_JSON } from '../forms.js';
import { forKeepers, moduleToChange } from '../modules/module-form.js';
import { ModuleId } from '../modules/schemas.js';
import { changedLesson, lessonForm } from './lesson-form.js';
import { lessonWords, newLessonOf } from './lesson-input.js';
import { Lesson, NewLesson } from './schemas.js';

export const createLessonRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/modules/:module_id/lessons/create/',
      {
        schema: {
          tags: ['EduPro: lessons'],
          summary: 'Create lesson (8.2)',
          description: 'duration and vdo_cipher_video_id, a video at the video host in place of a file, are additions to the document.',
          consumes: FORM_OR_JSON,
          params: ModuleId,
          body: NewLesson,
          response: { 201: Lesson, ...problems(403, 404) },
        },
        config: { ...forKeepers, multipart: true, idempotent: false, refusals: lessonWords },
        ...lessonForm(services, budget),
      },
      async (request, reply) => {
        const { id: moduleId, courseId } = await moduleToChange(services, request.params.module_id);
        const { lessonId } = await run(request, reply, addLesson, { actor: accountOf(request), courseId, moduleId, lesson: newLessonOf(request.body) });
        return reply.code(201).send(await changedLesson(services, lessonId));
      },
    );
  };
