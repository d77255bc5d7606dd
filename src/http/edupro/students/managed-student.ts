import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { removeStudent } from '../../../commands/teaching/remove-student.js';
import { toggleBlock } from '../../../commands/teaching/toggle-block.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { requiredInUrl } from '../required-in-url.js';
import { studentOfTeacher } from './relations.js';

const tags = ['EduPro: students'];
const params = Type.Object({ student_id: Type.String({ maxLength: 200 }) });

export const managedStudentRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.delete(
      '/teacher/students/remove/:student_id/',
      {
        schema: {
          tags,
          summary: 'Remove student (by teacher) (1.17)',
          description: 'What the student did stays on record; the student may join again.',
          params,
          response: { 204: Type.Null(), ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads: ['people'] },
      },
      async (request, reply) => {
        const { accountId: teacherId } = accountOf(request);
        const sent = requiredInUrl(request.params.student_id, { student_id: 'student id is required' });
        const { id: studentId } = await studentOfTeacher(readModels, teacherId, sent);
        await run(request, reply, removeStudent, { teacherId, studentId });
        return reply.code(204).send(null);
      },
    );

    app.patch(
      '/teacher/students/toggle-block/:student_id/',
      {
        schema: {
          tags,
          summary: 'Toggle block student (by teacher) (1.18)',
          description: 'Nothing of the teacher opens to a student who is blocked.',
          params,
          response: { 200: Type.Object({ message: Type.String() }), ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads: ['people'] },
      },
      async (request, reply) => {
        const { accountId: teacherId } = accountOf(request);
        const sent = requiredInUrl(request.params.student_id, { student_id: 'Student ID is required in the URL.' });
        const { id: studentId } = await studentOfTeacher(readModels, teacherId, sent);
        const { blocked } = await run(request, reply, toggleBlock, { teacherId, studentId });
        return { message: `Student has been ${blocked ? 'blocked' : 'unblocked'}.` };
      },
    );
  };
