import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { removeModule } from '../../../commands/curriculum/remove-module.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { forKeepers, moduleToChange, removingReplaced } from './module-form.js';
import { ModuleId } from './schemas.js';

export const deleteModuleRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.delete(
      '/modules/:module_id/delete/',
      {
        schema: {
          tags: ['EduPro: modules'],
          summary: 'Delete course module (7.5)',
          description: 'With its lessons.',
          params: ModuleId,
          response: { 200: Type.Object({ detail: Type.String() }), ...problems(403, 404) },
        },
        config: forKeepers,
      },
      async (request, reply) => {
        const { id: moduleId, courseId } = await moduleToChange(services, request.params.module_id);
        await run(request, reply, removeModule, { actor: accountOf(request), courseId, moduleId }, removingReplaced(services));
        return { detail: 'Module deleted successfully.' };
      },
    );
  };
