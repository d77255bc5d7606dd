import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addModule } from '../../../commands/curriculum/add-module.js';
import { changeModule } from '../../../commands/curriculum/change-module.js';
import { removeModule } from '../../../commands/curriculum/remove-module.js';
import { moduleById, type ModuleDocument } from '../../../projections/curricula/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { removingAll } from '../../uploads/removed-file.js';
import { teachersAndAdmins } from '../callers.js';
import { formHooks, FORM_OR_JSON, picture } from '../forms.js';
import { lessonAccessReads, viewerOf } from '../lessons/lesson-access.js';
import { changedModuleWords, moduleChangesOf, moduleImage, newModuleOf, newModuleWords } from './module-input.js';
import { presentModule } from './presenter.js';
import { moduleDetail } from './read-modules.js';
import { CourseId, Module, ModuleDetail, ModuleId, moduleTexts, NewModule, PartOfModule, WholeModule } from './schemas.js';

const tags = ['EduPro: modules'];

export const changeModuleRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, files, config } = services;
    const form = formHooks(services, { texts: moduleTexts, files: [picture(services, budget, moduleImage)] });
    const removing = removingAll<{ readonly replacedFiles: readonly string[] }>(files, ({ replacedFiles }) => replacedFiles);
    const owned = { ...teachersAndAdmins, rule: 'curriculum-keeper', reads: lessonAccessReads } as const;
    const withFile = { ...owned, multipart: true, idempotent: false } as const;

    const moduleToChange = async (moduleId: string): Promise<ModuleDocument> => {
      const module = await moduleById(readModels, moduleId);
      if (module === undefined) throw notFound('module');
      return module;
    };

    app.post(
      '/courses/:course_id/modules/create/',
      {
        schema: {
          tags,
          summary: 'Create course module (7.2)',
          description: 'Price, is_free and is_published are additions to the document: 0.00, false and false where they are left out.',
          consumes: FORM_OR_JSON,
          params: CourseId,
          body: NewModule,
          response: { 201: Module, ...problems(403, 404) },
        },
        config: { ...withFile, refusals: newModuleWords },
        ...form,
      },
      async (request, reply) => {
        const actor = accountOf(request);
        const { course_id: courseId } = request.params;
        const { moduleId } = await run(request, reply, addModule, { actor, courseId, module: newModuleOf(request.body, config.currency) });
        const [module, viewer] = await Promise.all([moduleById(readModels, moduleId), viewerOf(services, actor, courseId)]);
        if (module === undefined || viewer === undefined) throw notFound('module');
        return reply.code(201).send(presentModule(module, [], { ...viewer, publicUrl: config.publicUrl }));
      },
    );

    for (const [method, body] of [['PUT', WholeModule], ['PATCH', PartOfModule]] as const) {
      app.route({
        method,
        url: '/modules/:module_id/update/',
        schema: {
          tags,
          summary: 'Update course module (7.4)',
          description: 'An order that another module has is refused; with move: true the others make room.',
          consumes: FORM_OR_JSON,
          params: ModuleId,
          body,
          response: { 200: ModuleDetail, ...problems(403, 404) },
        },
        config: { ...withFile, refusals: changedModuleWords },
        ...form,
        handler: async (request, reply) => {
          const actor = accountOf(request);
          const { id: moduleId, courseId } = await moduleToChange(request.params.module_id);
          const changes = moduleChangesOf(request.body);
          await run(request, reply, changeModule, { actor, courseId, moduleId, changes, move: request.body.move ?? false }, removing);
          return moduleDetail(services, actor, moduleId);
        },
      });
    }

    app.delete(
      '/modules/:module_id/delete/',
      {
        schema: {
          tags,
          summary: 'Delete course module (7.5)',
          description: 'With its lessons.',
          params: ModuleId,
          response: { 200: Type.Object({ detail: Type.String() }), ...problems(403, 404) },
        },
        config: owned,
      },
      async (request, reply) => {
        const { id: moduleId, courseId } = await moduleToChange(request.params.module_id);
        await run(request, reply, removeModule, { actor: accountOf(request), courseId, moduleId }, removing);
        return { detail: 'Module deleted successfully.' };
      },
    );
  };
