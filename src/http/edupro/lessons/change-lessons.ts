import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { addLesson } from '../../../commands/curriculum/add-lesson.js';
import { changeLesson } from '../../../commands/curriculum/change-lesson.js';
import { removeLesson } from '../../../commands/curriculum/remove-lesson.js';
import { lessonById, moduleById, type LessonDocument } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { removingAll } from '../../uploads/removed-file.js';
import { teachersAndAdmins } from '../callers.js';
import { document, formHooks, FORM_OR_JSON, MOST_BYTES_OF_VIDEO_FORM, picture, video } from '../forms.js';
import { ModuleId } from '../modules/schemas.js';
import { lessonChangesOf, lessonDocument, lessonThumbnail, lessonVideo, lessonWords, newLessonOf } from './lesson-input.js';
import { presentLesson } from './presenter.js';
import { Lesson, LessonId, lessonTexts, NewLesson, PartOfLesson, WholeLesson } from './schemas.js';

const tags = ['EduPro: lessons'];

export const changeLessonRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, files, config } = services;
    const form = formHooks(services, {
      texts: lessonTexts,
      files: [video(services, budget, lessonVideo), document(services, budget, lessonDocument), picture(services, budget, lessonThumbnail)],
      mostBytes: MOST_BYTES_OF_VIDEO_FORM,
    });
    const removing = removingAll<{ readonly replacedFiles: readonly string[] }>(files, ({ replacedFiles }) => replacedFiles);
    const owned = { ...teachersAndAdmins, rule: 'curriculum-keeper', reads: ['curricula'] } as const;
    const withFiles = { ...owned, multipart: true, idempotent: false, refusals: lessonWords } as const;

    const lessonToChange = async (lessonId: string): Promise<LessonDocument> => {
      const lesson = await lessonById(readModels, lessonId);
      if (lesson === undefined) throw notFound('lesson');
      return lesson;
    };

    /** As its teacher sees it who has just changed it. */
    const shown = async (lessonId: string): Promise<Static<typeof Lesson>> => {
      const lesson = await lessonToChange(lessonId);
      const module = await moduleById(readModels, lesson.moduleId);
      if (module === undefined) throw notFound('module');
      return presentLesson(lesson, module, true, config.publicUrl);
    };

    app.post(
      '/modules/:module_id/lessons/create/',
      {
        schema: {
          tags,
          summary: 'Create lesson (8.2)',
          description: 'duration and vdo_cipher_video_id, a video at the video host in place of a file, are additions to the document.',
          consumes: FORM_OR_JSON,
          params: ModuleId,
          body: NewLesson,
          response: { 201: Lesson, ...problems(403, 404) },
        },
        config: withFiles,
        ...form,
      },
      async (request, reply) => {
        const module = await moduleById(readModels, request.params.module_id);
        if (module === undefined) throw notFound('module');
        const { id: moduleId, courseId } = module;
        const { lessonId } = await run(request, reply, addLesson, { actor: accountOf(request), courseId, moduleId, lesson: newLessonOf(request.body) });
        return reply.code(201).send(await shown(lessonId));
      },
    );

    for (const [method, body] of [['PUT', WholeLesson], ['PATCH', PartOfLesson]] as const) {
      app.route({
        method,
        url: '/lessons/:id/update/',
        schema: {
          tags,
          summary: 'Update lesson (8.4)',
          description: 'An order that another lesson of the module has is refused; with move: true the others make room.',
          consumes: FORM_OR_JSON,
          params: LessonId,
          body,
          response: { 200: Lesson, ...problems(403, 404) },
        },
        config: withFiles,
        ...form,
        handler: async (request, reply) => {
          const { id: lessonId, courseId } = await lessonToChange(request.params.id);
          const changes = lessonChangesOf(request.body);
          await run(request, reply, changeLesson, { actor: accountOf(request), courseId, lessonId, changes, move: request.body.move ?? false }, removing);
          return shown(lessonId);
        },
      });
    }

    app.delete(
      '/lessons/:id/delete/',
      {
        schema: {
          tags,
          summary: 'Delete lesson (8.5)',
          params: LessonId,
          response: { 200: Type.Object({ detail: Type.String() }), ...problems(403, 404) },
        },
        config: owned,
      },
      async (request, reply) => {
        const { id: lessonId, courseId } = await lessonToChange(request.params.id);
        await run(request, reply, removeLesson, { actor: accountOf(request), courseId, lessonId }, removing);
        return { detail: 'Lesson deleted successfully.' };
      },
    );
  };
