import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addEditor } from '../../../commands/courses/add-editor.js';
import { removeEditor } from '../../../commands/courses/remove-editor.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Course, CourseParams, EditorBody, EditorParams } from './schemas.js';
import { anyAccount, common, shown } from './shown-course.js';

export const editorRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/courses/:id/editors',
    {
      schema: {
        ...common,
        summary: 'Let another account edit the course',
        params: CourseParams,
        body: EditorBody,
        response: { 200: Course, ...problems(403, 404, 422) },
      },
      config: { ...anyAccount, rule: 'course-owner' },
    },
    async (request, reply) => {
      const { id: courseId } = request.params;
      const input = { courseId, editorId: request.body.editorId, actor: accountOf(request) };
      await run(request, reply, addEditor, input);
      return shown(services, courseId);
    },
  );

  app.delete(
    '/courses/:id/editors/:editorId',
    {
      schema: { ...common, summary: 'Take that back', params: EditorParams, response: { 200: Course, ...problems(403, 404) } },
      config: { ...anyAccount, rule: 'course-owner' },
    },
    async (request, reply) => {
      const { id: courseId, editorId } = request.params;
      const input = { courseId, editorId, actor: accountOf(request) };
      await run(request, reply, removeEditor, input);
      return shown(services, courseId);
    },
  );
};
