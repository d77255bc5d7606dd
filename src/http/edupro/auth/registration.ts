import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { registerAccount } from '../../../commands/accounts/register-account.js';
import { derivedContext } from '../../../commands/context.js';
import { saveProfile } from '../../../commands/people/save-profile.js';
import { registerStudent } from '../../../commands/teaching/register-student.js';
import { phoneOf } from '../../../domain/account/phone.js';
import { personById, type PersonDocument } from '../../../projections/people/queries.js';
import type { HttpServices } from '../../http-services.js';
import { teacherByUsername } from '../callers.js';
import { requiredInUrl } from '../required-in-url.js';
import { FORM_OR_JSON, formHooks, picture } from '../forms.js';
import { pictureOf, presentBriefUser } from '../people/presenter.js';
import { LiteralProblem, type Wordings } from '../../refusals/wording.js';
import { contextOf } from '../../shared/command-context.js';
import { invalidField, notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { fileUrl, type PictureField } from '../../uploads/picture-store.js';
import type { UploadBudget } from '../../uploads/picture-upload.js';
import { RegisteredStudent, RegisteredTeacher, StudentRegistration, TeacherRegistration } from './registration-schemas.js';

const tags = ['EduPro: registration'];
const sentences = { kind: 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.', size: 'Upload an image of at most 2 MB.' };
const ofTwoMegabytes = { mostBytes: 2 * 1_048_576, sentences } as const;
const avatarField: PictureField = { name: 'avatar', folder: 'avatars', ...ofTwoMegabytes };
const logoField: PictureField = { name: 'logo', folder: 'logos', ...ofTwoMegabytes };

const taken = (phone: string): Wordings => ({
  'email-taken': { status: 400, field: 'email', message: 'Email already exists' },
  'username-taken': { status: 400, field: 'username', message: 'A user with that username already exists.' },
  'phone-taken': { status: 400, field: 'phone', message: phone },
});

const newAccount = (sent: Static<typeof StudentRegistration> | Static<typeof TeacherRegistration>, publicUrl: string) => {
  const { first_name: firstName, last_name: lastName, username, email, phone, password1: password, password2, avatar } = sent;
  if (password !== password2) throw invalidField('password', "Passwords don't match");
  const avatarFile = avatar === undefined ? {} : { avatarFile: avatar };
  return {
    name: { firstName, lastName },
    email,
    username,
    password,
    phone: phoneOf(phone),
    provider: 'local',
    imageUrl: avatar === undefined ? null : fileUrl(publicUrl, avatar),
    surface: 'edupro',
    ...avatarFile,
    actorRole: null,
  } as const;
};

const presented = (person: PersonDocument, publicUrl: string) => {
  const { id, email, phone, username, user_type, slug } = presentBriefUser(person);
  return { id, email, phone, username, user_type, slug, avatar: pictureOf(person, publicUrl) };
};

export const registrationRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, readModels, config: { publicUrl } } = services;
    const config = { access: 'public', credentials: true, multipart: true, idempotent: false } as const;
    const texts = ['first_name', 'last_name', 'username', 'email', 'phone', 'password1', 'password2'];
    const avatar = picture(services, budget, avatarField);

    const personOf = async (accountId: string): Promise<PersonDocument> => {
      const person = await personById(readModels, accountId);
      if (person === undefined) throw notFound('account');
      return person;
    };

    app.post(
      '/teacher/teacher-register/',
      {
        schema: { tags, summary: 'Teacher registration (1.9)', consumes: FORM_OR_JSON, body: TeacherRegistration, response: { 201: RegisteredTeacher } },
        config: { ...config, reads: ['people', 'profile'], refusals: taken('phone already exists') },
        ...formHooks(services, { texts, files: [avatar, picture(services, budget, logoField)] }),
      },
      async (request, reply) => {
        const { logo } = request.body;
        const { accountId } = await run(request, reply, registerAccount, { ...newAccount(request.body, publicUrl), role: 'instructor' });
        if (logo !== undefined) {
          const actor = { accountId, role: 'instructor' } as const;
          const save = saveProfile(commands)({ actor, fields: { logoFile: logo } }, derivedContext(contextOf(request), 'save-logo'));
          await run(request, reply, () => () => save, null);
        }
        const user = { ...presented(await personOf(accountId), publicUrl), logo: logo === undefined ? null : fileUrl(publicUrl, logo) };
        return reply.code(201).send({ message: 'User created successfully', user });
      },
    );

    app.post(
      '/student/student-register/:teacher_username',
      {
        schema: {
          tags,
          summary: 'Student registration (1.10)',
          consumes: FORM_OR_JSON,
          params: Type.Object({ teacher_username: Type.String({ maxLength: 200 }) }),
          body: StudentRegistration,
          response: { 201: RegisteredStudent, ...problems(404) },
        },
        config: { ...config, reads: ['people'], refusals: taken('Phone already exists') },
        ...formHooks(services, { texts: [...texts, 'parent_phone'], files: [avatar] }),
      },
      async (request, reply) => {
        const username = requiredInUrl(request.params.teacher_username, { teacher: ['Teacher username is required.'] });
        const teacher = await teacherByUsername(readModels, username);
        if (teacher === undefined) throw new LiteralProblem(404, 'teacher-not-found', 'no such teacher', { teacher: ['Teacher with this username does not exist.'] });
        const { parent_phone: parentPhone } = request.body;
        const input = { ...newAccount(request.body, publicUrl), role: 'student', parentPhone, teacherId: teacher.id } as const;
        const { accountId } = await run(request, reply, registerStudent, input);
        const user = { ...presented(await personOf(accountId), publicUrl), parent_phone: parentPhone };
        return reply.code(201).send({ message: 'Student created successfully', user });
      },
    );
  };
