import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { lessonsOf } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { shownLessons } from '../modules/presenter.js';
import { ModuleId } from '../modules/schemas.js';
import { lessonAccessReads, readableModule } from './lesson-access.js';
import { lessonAccessWords, openLesson } from './open-lesson.js';
import { presentLesson } from './presenter.js';
import { Lesson, LessonId } from './schemas.js';

const tags = ['EduPro: lessons'];

/** Stands for the lessons of a module where none of them is looked at: published, and not free. */
const USUAL = { isPublished: true, isFree: false };

export const readLessonRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config } = services;

    app.get(
      '/modules/:module_id/lessons/',
      {
        schema: {
          tags,
          summary: 'List lessons in module (8.1)',
          description:
            'All for the teacher of the course and admins, the published ones for who has the course or the module, or where some of them are free: then the others come without URLs.',
          params: ModuleId,
          response: { 200: Type.Array(Lesson), ...problems(404) },
        },
        config: { access: 'account', reads: lessonAccessReads, rule: 'lesson-opener' },
      },
      async (request) => {
        const found = await readableModule(services, accountOf(request), request.params.module_id);
        if (found === undefined) throw notFound('module');
        const { module, viewer } = found;
        const shown = shownLessons(await lessonsOf(readModels, module.id), viewer);
        const isAccessible = viewer.opens(module, USUAL) || shown.some((lesson) => viewer.opens(module, lesson));
        if (!isAccessible) throw notFound('module');
        return shown.map((lesson) => presentLesson(lesson, module, viewer.opens(module, lesson), config.publicUrl));
      },
    );

    app.get(
      '/lessons/:id/',
      {
        schema: { tags, summary: 'Lesson detail (8.3)', params: LessonId, response: { 200: Lesson, ...problems(403, 404) } },
        config: { access: 'account', reads: lessonAccessReads, rule: 'lesson-opener', refusals: lessonAccessWords },
      },
      async (request) => {
        const { lesson, module, isOpen } = await openLesson(services, request, request.params.id);
        return presentLesson(lesson, module, isOpen, config.publicUrl);
      },
    );
  };
