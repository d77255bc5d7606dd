import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { notAStudent, studentsOnly, teacherByUsername } from '../callers.js';
import { FORM_OR_JSON, formHooks, picture } from '../forms.js';
import { knownPeople } from '../people/people.js';
import { presentStudent } from '../people/presenter.js';
import { Student } from '../people/schemas.js';
import { requiredInUrl } from '../required-in-url.js';
import { RELATION_READS, relationOf } from '../students/relations.js';
import { StudentProfile } from '../students/schemas.js';
import { accountGone, profileChanger, profilePicture } from './profile-form.js';
import { StudentProfileChange } from './schemas.js';

const tags = ['EduPro: profiles'];
const texts = Object.keys(StudentProfileChange.properties).filter((name) => name !== profilePicture.name);

export const studentProfileRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config: { publicUrl } } = services;
    const change = profileChanger(services);

    app.get(
      '/student/student-profile/:teacher_username',
      {
        schema: {
          tags,
          summary: 'Get student profile (1.12)',
          description: 'Also of a student whom the teacher has blocked: is_active tells.',
          params: Type.Object({ teacher_username: Type.String({ maxLength: 200 }) }),
          response: { 200: StudentProfile, ...problems(403, 404) },
        },
        config: { ...studentsOnly, reads: RELATION_READS },
      },
      async (request) => {
        const username = requiredInUrl(request.params.teacher_username, { teacher_id: 'teacher username is required' });
        const teacher = await teacherByUsername(readModels, username);
        if (teacher === undefined) throw notFound('teacher');
        return relationOf(readModels, teacher.id, accountOf(request).accountId, publicUrl);
      },
    );

    for (const method of ['PUT', 'PATCH'] as const) {
      app.route({
        method,
        url: '/student/update-profile/',
        schema: {
          tags,
          summary: `Update student profile (1.13, ${method})`,
          description: 'Fields that are left out stay. The name and the picture are those of the account.',
          consumes: FORM_OR_JSON,
          body: StudentProfileChange,
          response: { 200: Student, ...problems(403, 404) },
        },
        config: { ...studentsOnly, reads: ['people', 'profile'], multipart: true, idempotent: false, refusals: { ...notAStudent, ...accountGone } },
        ...formHooks(services, { texts, files: [picture(services, budget, profilePicture)] }),
        handler: async (request, reply) => {
          await change(request, reply, request.body);
          const { accountId } = accountOf(request);
          const known = (await knownPeople(readModels, [accountId])).get(accountId);
          if (known === undefined) throw notFound('student');
          return presentStudent(known.person, known.fields, publicUrl);
        },
      });
    }
  };
