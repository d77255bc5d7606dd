import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeLesson } from '../../../commands/curriculum/change-lesson.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { FORM_OR_JSON } from '../forms.js';
import { forKeepers, removingReplaced } from '../modules/module-form.js';
import { changedLesson, lessonForm, lessonToChange } from './lesson-form.js';
import { lessonChangesOf, lessonWords } from './lesson-input.js';
import { Lesson, LessonId, PartOfLesson, WholeLesson } from './schemas.js';

export const updateLessonRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const form = lessonForm(services, budget);

    for (const [method, body] of [['PUT', WholeLesson], ['PATCH', PartOfLesson]] as const) {
      app.route({
        method,
        url: '/lessons/:id/update/',
        schema: {
          tags: ['EduPro: lessons'],
          summary: 'Update lesson (8.4)',
          description: 'An order that another lesson of the module has is refused; with move: true the others make room.',
          consumes: FORM_OR_JSON,
          params: LessonId,
          body,
          response: { 200: Lesson, ...problems(403, 404) },
        },
        config: { ...forKeepers, multipart: true, idempotent: false, refusals: lessonWords },
        ...form,
        handler: async (request, reply) => {
          const { id: lessonId, courseId } = await lessonToChange(services, request.params.id);
          const changes = lessonChangesOf(request.body);
          await run(request, reply, changeLesson, { actor: accountOf(request), courseId, lessonId, changes, move: request.body.move ?? false }, removingReplaced(services));
          return changedLesson(services, lessonId);
        },
      });
    }
  };
