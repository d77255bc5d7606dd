import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { changeNotes } from '../../../commands/teaching/change-notes.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { BlankTextField } from '../fields.js';
import { RELATION_READS, relationOf, studentOfTeacher } from './relations.js';
import { StudentProfile } from './schemas.js';

const tags = ['EduPro: students'];
const params = Type.Object({ student_id: Type.String({ maxLength: 200 }) });

export const studentOfTeacherRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config: { publicUrl } } = services;

    app.get(
      '/teacher/get-student-profile/:student_id',
      {
        schema: { tags, summary: 'Get student profile associated with teacher (1.21)', params, response: { 200: StudentProfile, ...problems(403, 404) } },
        config: { ...teachersOnly, reads: RELATION_READS },
      },
      async (request) => {
        const { accountId: teacherId } = accountOf(request);
        const { id: studentId } = await studentOfTeacher(readModels, teacherId, request.params.student_id);
        return relationOf(readModels, teacherId, studentId, publicUrl);
      },
    );

    app.patch(
      '/teacher/get-student-profile/:student_id',
      {
        schema: {
          tags,
          summary: 'Change the notes about a student',
          description: 'Not in the document, which shows notes and names no way to write them. The student sees them, too.',
          params,
          body: Type.Object({ notes: BlankTextField(5_000) }),
          response: { 200: StudentProfile, ...problems(403, 404) },
        },
        // A recorded answer would show the student by number, where the deletion of the account does not find it.
        config: { ...teachersOnly, reads: RELATION_READS, idempotent: false },
      },
      async (request, reply) => {
        const { accountId: teacherId } = accountOf(request);
        const { id: studentId } = await studentOfTeacher(readModels, teacherId, request.params.student_id);
        await run(request, reply, changeNotes, { teacherId, studentId, notes: request.body.notes });
        return relationOf(readModels, teacherId, studentId, publicUrl);
      },
    );
  };
