import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { createCourse } from '../../../commands/courses/create-course.js';
import { changeOwnCourse } from '../../../commands/courses/own-course.js';
import { catalogReads } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { uploadBudget, VIDEO_BYTES_PER_ADDRESS, type UploadBudget } from '../../uploads/picture-upload.js';
import { teachersOnly } from '../callers.js';
import { FORM_OR_JSON, formHooks, MOST_BYTES_OF_VIDEO_FORM, picture, video } from '../forms.js';
import { thumbnailField, trailerField } from './files.js';
import { COURSE_TEXTS, courseChangesOf, courseRefusals, CourseParts, namingFields, newCourseOf, NewCourse, WholeCourse } from './input.js';
import { Course } from './schemas.js';
import { CourseParams, shown, tags } from './shown-course.js';

/** `budget`: of pictures. */
export const courseChangeRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config: { publicUrl } } = services;
    const videos = uploadBudget(services, VIDEO_BYTES_PER_ADDRESS);
    const files = [picture(services, budget, thumbnailField), video(services, videos, trailerField)];
    const hooks = formHooks(services, { texts: COURSE_TEXTS, files, mostBytes: MOST_BYTES_OF_VIDEO_FORM });
    const config = { ...teachersOnly, reads: catalogReads, shows: ['courses'], refusals: courseRefusals, multipart: true, idempotent: false } as const;

    app.post(
      '/course/create/',
      {
        schema: {
          tags,
          summary: 'Create course (3.1)',
          description: 'It is not published before an update says so.',
          consumes: FORM_OR_JSON,
          body: NewCourse,
          response: { 201: Course },
        },
        config,
        ...hooks,
      },
      async (request, reply) => {
        const input = { ...(await newCourseOf(readModels, request.body, publicUrl)), actor: accountOf(request) };
        const { courseId } = await run(request, reply, createCourse, input, namingFields);
        return reply.code(201).send(await shown(services, courseId));
      },
    );

    for (const [method, body] of [['PUT', WholeCourse], ['PATCH', CourseParts]] as const) {
      app.route({
        method,
        url: '/course/update/:course_id',
        schema: { tags, summary: 'Update course (3.4)', consumes: FORM_OR_JSON, params: CourseParams, body, response: { 200: Course, ...problems(403, 404) } },
        config: { ...config, rule: 'course-owner' },
        ...hooks,
        handler: async (request, reply) => {
          const { course_id: courseId } = request.params;
          const changes = await courseChangesOf(readModels, request.body, publicUrl);
          await run(request, reply, changeOwnCourse, { actor: accountOf(request), courseId, changes }, namingFields);
          return shown(services, courseId);
        },
      });
    }
  };
