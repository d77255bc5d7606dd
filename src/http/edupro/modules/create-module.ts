import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addModule } from '../../../commands/curriculum/add-module.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { FORM_OR_JSON } from '../forms.js';
import { viewerOf } from '../lessons/lesson-access.js';
import { forKeepers, moduleForm, moduleToChange } from './module-form.js';
import { newModuleOf, newModuleWords } from './module-input.js';
import { presentModule } from './presenter.js';
import { CourseId, Module, NewModule } from './schemas.js';

export const createModuleRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { config } = services;

    app.post(
      '/courses/:course_id/modules/create/',
      {
        schema: {
          tags: ['EduPro: modules'],
          summary: 'Create course module (7.2)',
          description: 'Price, is_free and is_published are additions to the document: 0.00, false and false where they are left out.',
          consumes: FORM_OR_JSON,
          params: CourseId,
          body: NewModule,
          response: { 201: Module, ...problems(403, 404) },
        },
        config: { ...forKeepers, multipart: true, idempotent: false, refusals: newModuleWords },
        ...moduleForm(services, budget),
      },
      async (request, reply) => {
        const actor = accountOf(request);
        const { course_id: courseId } = request.params;
        const { moduleId } = await run(request, reply, addModule, { actor, courseId, module: newModuleOf(request.body, config.currency) });
        const [module, viewer] = await Promise.all([moduleToChange(services, moduleId), viewerOf(services, actor, courseId)]);
        if (viewer === undefined) throw notFound('course');
        return reply.code(201).send(presentModule(module, [], { ...viewer, publicUrl: config.publicUrl }));
      },
    );
  };
