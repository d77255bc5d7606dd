import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { createCourse } from '../../../commands/courses/create-course.js';
import { changeOwnCourse, deleteOwnCourse } from '../../../commands/courses/own-course.js';
import { catalogCourse, catalogReads } from '../../../projections/catalog/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { uploadBudget, VIDEO_BYTES_PER_ADDRESS, type UploadBudget } from '../../uploads/picture-upload.js';
import { teachersOnly } from '../callers.js';
import { FORM_OR_JSON, formHooks, MOST_BYTES_OF_VIDEO_FORM, picture, video } from '../forms.js';
import { thumbnailField, trailerField } from './files.js';
import { COURSE_TEXTS, courseChangesOf, courseRefusals, CourseParts, namingFields, newCourseOf, NewCourse, WholeCourse } from './input.js';
import { presentCourse } from './presenter.js';
import { Course } from './schemas.js';

const tags = ['EduPro: courses'];

export const CourseParams = Type.Object({ course_id: Type.String({ maxLength: 200 }) });

/** `budget`: of pictures. */
export const courseRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config } = services;
    const videos = uploadBudget(services, VIDEO_BYTES_PER_ADDRESS);
    const files = [picture(services, budget, thumbnailField), video(services, videos, trailerField)];
    const hooks = formHooks(services, { texts: COURSE_TEXTS, files, mostBytes: MOST_BYTES_OF_VIDEO_FORM });
    const writing = { ...teachersOnly, reads: catalogReads, shows: ['courses'], refusals: courseRefusals } as const;
    const withFiles = { ...writing, multipart: true, idempotent: false } as const;

    const shown = async (courseId: string): Promise<Static<typeof Course>> => {
      const course = await catalogCourse(readModels, courseId);
      if (course === undefined) throw notFound('course');
      return presentCourse(course, config.publicUrl);
    };

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
        config: withFiles,
        ...hooks,
      },
      async (request, reply) => {
        const input = { ...(await newCourseOf(readModels, request.body, config.publicUrl)), actor: accountOf(request) };
        const { courseId } = await run(request, reply, createCourse, input, namingFields);
        return reply.code(201).send(await shown(courseId));
      },
    );

    app.get(
      '/course/course-detail/:course_id',
      {
        schema: { tags, summary: 'Course detail (3.3)', params: CourseParams, response: { 200: Course, ...problems(404) } },
        config: { access: 'public', reads: ['courses', ...catalogReads], rule: 'course-reader' },
      },
      async (request) => {
        const course = await visibleCourse(services, optionalAccountOf(request), request.params.course_id);
        if (course === undefined) throw notFound('course');
        return shown(course.id);
      },
    );

    const update = async (request: FastifyRequest, reply: FastifyReply, courseId: string, sent: Static<typeof CourseParts>): Promise<Static<typeof Course>> => {
      const changes = await courseChangesOf(readModels, sent, config.publicUrl);
      await run(request, reply, changeOwnCourse, { actor: accountOf(request), courseId, changes }, namingFields);
      return shown(courseId);
    };

    for (const [method, body] of [['PUT', WholeCourse], ['PATCH', CourseParts]] as const) {
      app.route({
        method,
        url: '/course/update/:course_id',
        schema: { tags, summary: 'Update course (3.4)', consumes: FORM_OR_JSON, params: CourseParams, body, response: { 200: Course, ...problems(403, 404) } },
        config: { ...withFiles, rule: 'course-owner' },
        ...hooks,
        handler: (request, reply) => update(request, reply, request.params.course_id, request.body),
      });
    }

    app.delete(
      '/course/course-delete/:course_id',
      {
        schema: {
          tags,
          summary: 'Delete course (3.5)',
          description: 'Students who have it keep it.',
          params: CourseParams,
          response: { 204: Type.Null(), ...problems(403, 404) },
        },
        config: { ...writing, rule: 'course-owner' },
      },
      async (request, reply) => {
        await run(request, reply, deleteOwnCourse, { actor: accountOf(request), courseId: request.params.course_id });
        return reply.code(204).send(null);
      },
    );
  };
