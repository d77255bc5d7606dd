import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { lessonsOf, modulesOf, outlineOf } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { lessonAccessReads, readableModule, viewerOf } from '../lessons/lesson-access.js';
import { lessonsIn, presentListedModule, presentModuleDetail } from './presenter.js';
import { CourseId, ListedModule, ModuleDetail, ModuleId } from './schemas.js';

const tags = ['EduPro: modules'];

/** Throws 404 where the account may not know of the module. */
export const moduleDetail = async (services: HttpServices, account: RequestAccount, moduleId: string): Promise<Static<typeof ModuleDetail>> => {
  const found = await readableModule(services, account, moduleId);
  if (found === undefined) throw notFound('module');
  const { module, viewer } = found;
  const { publicUrl } = services.config;
  return presentModuleDetail(module, await lessonsOf(services.readModels, module.id), { ...viewer, publicUrl });
};

export const readModuleRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config } = services;

    app.get(
      '/courses/:course_id/modules/',
      {
        schema: {
          tags,
          summary: 'List course modules (7.1)',
          description: 'All for the teacher of the course and admins; for others the published ones of a course that they may take or have.',
          params: CourseId,
          response: { 200: Type.Array(ListedModule), ...problems(404) },
        },
        config: { access: 'account', reads: lessonAccessReads, rule: 'module-reader' },
      },
      async (request) => {
        const viewer = await viewerOf(services, accountOf(request), request.params.course_id);
        if (viewer?.readsCourse !== true) throw notFound('course');
        const [modules, outline] = await Promise.all([modulesOf(readModels, viewer.course.id), outlineOf(readModels, viewer.course.id)]);
        const view = { ...viewer, publicUrl: config.publicUrl };
        return modules.filter(viewer.reads).map((module) => presentListedModule(module, lessonsIn(outline, module.id), view));
      },
    );

    app.get(
      '/modules/:module_id/',
      {
        schema: {
          tags,
          summary: 'Course module detail (7.3)',
          description: 'With all lessons for the teacher of the course and admins, else with the published ones.',
          params: ModuleId,
          response: { 200: ModuleDetail, ...problems(404) },
        },
        config: { access: 'account', reads: lessonAccessReads, rule: 'module-reader' },
      },
      async (request) => moduleDetail(services, accountOf(request), request.params.module_id),
    );
  };
