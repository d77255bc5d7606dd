import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { joinTeacher } from '../../../commands/teaching/join-teacher.js';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { studentsOnly, teacherByUsername } from '../callers.js';
import { requiredInUrl } from '../required-in-url.js';

export const joinTeacherRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    app.post(
      '/join-teacher/:teacher_username/',
      {
        schema: {
          tags: ['EduPro: students'],
          summary: 'Authenticated student join teacher (1.11)',
          description: 'A student who is blocked stays blocked; one who was removed may join again.',
          params: Type.Object({ teacher_username: Type.String({ maxLength: 200 }) }),
          response: { 200: Type.Object({ info: Type.String() }), 201: Type.Object({ success: Type.String() }), ...problems(403, 404) },
        },
        config: { ...studentsOnly, reads: ['people'] },
      },
      async (request, reply) => {
        const username = requiredInUrl(request.params.teacher_username, { error: 'Teacher username is required in the URL.' });
        const teacher = await teacherByUsername(services.readModels, username);
        if (teacher === undefined) throw new LiteralProblem(404, 'teacher-not-found', 'no such teacher', { error: 'Teacher not found.' });
        const { joined } = await run(request, reply, joinTeacher, { teacherId: teacher.id, studentId: accountOf(request).accountId });
        if (!joined) return { info: 'Student is already associated with this teacher.' };
        return reply.code(201).send({ success: 'Student joined successfully.' });
      },
    );
  };
