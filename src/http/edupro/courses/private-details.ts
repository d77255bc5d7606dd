import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { catalogCourse, catalogReads } from '../../../projections/catalog/queries.js';
import { lessonsOf, modulesOf } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { forbidden, notFound, problems } from '../../shared/problem.js';
import { teachersAndAdmins } from '../callers.js';
import { lessonAccessReads, viewerOf, type Viewer } from '../lessons/lesson-access.js';
import { presentLesson } from '../lessons/presenter.js';
import { Lesson } from '../lessons/schemas.js';
import { presentModule } from '../modules/presenter.js';
import { Module } from '../modules/schemas.js';
import { NO_PERMISSION } from '../surface.js';
import { presentCourse } from './presenter.js';
import { Course } from './schemas.js';

const ModuleWithLessons = Type.Object({ ...Module.properties, lessons: Type.Array(Lesson) });
const PrivateCourse = Type.Object({ ...Course.properties, modules: Type.Array(ModuleWithLessons) });

/** A course that is private to an organization is a secret; that another one is there is none. */
const refuseStrangers = (viewer: Viewer): void => {
  if (viewer.keeps) return;
  const { deleted, organizationPrivate } = viewer.course;
  throw deleted || (organizationPrivate && !viewer.readsCourse) ? notFound('course') : forbidden(NO_PERMISSION);
};

export const privateDetailRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config } = services;
    const { publicUrl } = config;

    const modulesFor = async (viewer: Viewer): Promise<Static<typeof ModuleWithLessons>[]> => {
      const modules = await modulesOf(readModels, viewer.course.id);
      const lessonsByModule = await Promise.all(modules.map(({ id }) => lessonsOf(readModels, id)));
      return modules.map((module, index) => {
        const lessons = lessonsByModule[index] ?? [];
        return { ...presentModule(module, lessons, { ...viewer, publicUrl }), lessons: lessons.map((lesson) => presentLesson(lesson, module, true, publicUrl)) };
      });
    };

    app.get(
      '/course/private-deatils/:course_id',
      {
        schema: {
          tags: ['EduPro: courses'],
          summary: 'Get course private details (teacher) (3.9)',
          description: 'The course with all its modules and lessons, published or not.',
          params: Type.Object({ course_id: Type.String({ maxLength: 200 }) }),
          response: { 200: PrivateCourse, ...problems(403, 404) },
        },
        config: { ...teachersAndAdmins, rule: 'curriculum-keeper', reads: [...lessonAccessReads, ...catalogReads] },
      },
      async (request) => {
        const viewer = await viewerOf(services, accountOf(request), request.params.course_id);
        if (viewer === undefined) throw notFound('course');
        refuseStrangers(viewer);
        const course = await catalogCourse(readModels, viewer.course.id);
        if (course === undefined) throw notFound('course');
        return { ...presentCourse(course, publicUrl), modules: await modulesFor(viewer) };
      },
    );
  };
