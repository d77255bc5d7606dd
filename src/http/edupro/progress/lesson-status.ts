import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { tellProgress } from '../../../commands/progress/tell-progress.js';
import { lessonProgressOf } from '../../../projections/progress/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { studentsOnly } from '../callers.js';
import { BooleanField } from '../fields.js';
import { lessonAccessReads } from '../lessons/lesson-access.js';
import { lessonAccessWords, openLesson } from '../lessons/open-lesson.js';
import { LessonId } from '../lessons/schemas.js';

const NO_LESSON = "You don't have permission to access this lesson.";

const WholeProgress = Type.Object({ is_completed: BooleanField });
const PartOfProgress = Type.Partial(WholeProgress);
const Progress = Type.Object({ id: Type.Integer(), is_completed: Type.Boolean() });

export const lessonStatusRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    const tell = async (request: FastifyRequest, reply: FastifyReply, id: string, isCompleted: boolean | undefined) => {
      const { lesson } = await openLesson(services, request, id);
      const actor = accountOf(request);
      const told = { actor, courseId: lesson.courseId, lessonId: lesson.id };
      await run(request, reply, tellProgress, isCompleted === undefined ? told : { ...told, isCompleted });
      const progress = await lessonProgressOf(services.readModels, actor.accountId, lesson.id);
      if (progress === undefined) throw notFound('lesson');
      return { id: progress.number, is_completed: progress.isCompleted };
    };

    for (const [method, body] of [['PUT', WholeProgress], ['PATCH', PartOfProgress]] as const) {
      app.route({
        method,
        url: '/lessons/:id/status/',
        schema: {
          tags: ['EduPro: lessons'],
          summary: 'Update lesson progress (8.6)',
          description: 'For students who have the course or the module; 404 where a lesson is open to others because it is free.',
          params: LessonId,
          body,
          response: { 200: Progress, ...problems(403, 404, 409) },
        },
        config: {
          ...studentsOnly,
          reads: [...lessonAccessReads, 'progress'],
          rule: 'lesson-opener',
          refusals: { ...lessonAccessWords, 'lesson-not-open': NO_LESSON, 'lesson-without-progress': 'Not found.' },
        },
        handler: (request, reply) => tell(request, reply, request.params.id, request.body.is_completed),
      });
    }
  };
