import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeModule } from '../../../commands/curriculum/change-module.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { FORM_OR_JSON } from '../forms.js';
import { forKeepers, moduleForm, moduleToChange, removingReplaced } from './module-form.js';
import { changedModuleWords, moduleChangesOf } from './module-input.js';
import { moduleDetail } from './read-modules.js';
import { ModuleDetail, ModuleId, PartOfModule, WholeModule } from './schemas.js';

export const updateModuleRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const form = moduleForm(services, budget);

    for (const [method, body] of [['PUT', WholeModule], ['PATCH', PartOfModule]] as const) {
      app.route({
        method,
        url: '/modules/:module_id/update/',
        schema: {
          tags: ['EduPro: modules'],
          summary: 'Update course module (7.4)',
          description: 'An order that another module has is refused; with move: true the others make room.',
          consumes: FORM_OR_JSON,
          params: ModuleId,
          body,
          response: { 200: ModuleDetail, ...problems(403, 404) },
        },
        config: { ...forKeepers, multipart: true, idempotent: false, refusals: changedModuleWords },
        ...form,
        handler: async (request, reply) => {
          const actor = accountOf(request);
          const { id: moduleId, courseId } = await moduleToChange(services, request.params.module_id);
          const changes = moduleChangesOf(request.body);
          await run(request, reply, changeModule, { actor, courseId, moduleId, changes, move: request.body.move ?? false }, removingReplaced(services));
          return moduleDetail(services, actor, moduleId);
        },
      });
    }
  };
