import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { notATeacher, teacherByUsername, teachersOnly } from '../callers.js';
import { FORM_OR_JSON, formHooks, picture } from '../forms.js';
import { knownPeople, type KnownPerson } from '../people/people.js';
import { requiredInUrl } from '../required-in-url.js';
import { presentPublicTeacher, presentTeacher, TEACHER_READS } from './presenter.js';
import { accountGone, logo, profileChanger, profilePicture } from './profile-form.js';
import { PublicTeacher, TeacherProfile, TeacherProfileChange } from './schemas.js';

const tags = ['EduPro: profiles'];
const pictures: readonly string[] = [profilePicture.name, logo.name];
const texts = Object.keys(TeacherProfileChange.properties).filter((name) => !pictures.includes(name));

export const teacherProfileRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config: { publicUrl } } = services;
    const change = profileChanger(services);

    const teacherWith = async (accountId: string): Promise<KnownPerson> => {
      const known = (await knownPeople(readModels, [accountId])).get(accountId);
      if (known === undefined) throw notFound('teacher');
      return known;
    };

    app.get(
      '/teacher/teacher-profile/',
      {
        schema: { tags, summary: 'Get teacher profile (1.14)', response: { 200: TeacherProfile, ...problems(403, 404) } },
        config: { ...teachersOnly, reads: TEACHER_READS, refusals: notATeacher },
      },
      async (request) => presentTeacher(readModels, await teacherWith(accountOf(request).accountId), publicUrl),
    );

    app.get(
      '/teacher/teacher-profile/:teacher_username',
      {
        schema: {
          tags,
          summary: 'Get public teacher info (1.15)',
          params: Type.Object({ teacher_username: Type.String({ maxLength: 200 }) }),
          response: { 200: PublicTeacher, ...problems(404) },
        },
        config: { access: 'public', reads: TEACHER_READS },
      },
      async (request) => {
        const username = requiredInUrl(request.params.teacher_username, { teacher_id: 'teacher username is required' });
        const teacher = await teacherByUsername(readModels, username);
        if (teacher === undefined) throw notFound('teacher');
        return presentPublicTeacher(readModels, await teacherWith(teacher.id), publicUrl);
      },
    );

    for (const method of ['PUT', 'PATCH'] as const) {
      app.route({
        method,
        url: '/teacher/update-profile/',
        schema: {
          tags,
          summary: `Update teacher profile (1.16, ${method})`,
          description: 'Fields that are left out stay. The name and the picture are those of the account. Colours: #rgb or #rrggbb.',
          consumes: FORM_OR_JSON,
          body: TeacherProfileChange,
          response: { 200: TeacherProfile, ...problems(403, 404) },
        },
        config: { ...teachersOnly, reads: TEACHER_READS, multipart: true, idempotent: false, refusals: { ...notATeacher, ...accountGone } },
        ...formHooks(services, { texts, files: [picture(services, budget, profilePicture), picture(services, budget, logo)] }),
        handler: async (request, reply) => {
          await change(request, reply, request.body);
          return presentTeacher(readModels, await teacherWith(accountOf(request).accountId), publicUrl);
        },
      });
    }
  };
