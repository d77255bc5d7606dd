import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import { belongsToTeacher } from '../../../commands/teaching/standing.js';
import { refreshStudentSession } from '../../../commands/teaching/refresh-student-session.js';
import type { RegisteredAccount } from '../../../domain/account/decider.js';
import { reject } from '../../../domain/kernel/decider.js';
import { personById, type PersonDocument } from '../../../projections/people/queries.js';
import { teacherByUsername } from '../callers.js';
import type { HttpServices } from '../../http-services.js';
import { LiteralProblem } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { CharField, EmailField, PasswordField } from '../fields.js';
import { presentBriefUser } from '../people/presenter.js';
import { BriefUser } from '../people/schemas.js';
import { setTokens } from '../token-cookies.js';
import { badRefreshTokens, refreshTokenOf } from './tokens.js';

const tags = ['EduPro: log-in'];
const INVALID = [401, { error: 'Invalid credentials. Please check your email and password.' }] as const;
const NOT_REGISTERED = [403, { error: 'You are not registered as a student for this teacher.' }] as const;
const Teacher = Type.Object({ teacher_username: Type.String({ maxLength: 200 }) });

const teacherNamed = async ({ readModels }: HttpServices, username: string): Promise<PersonDocument> => {
  const teacher = await teacherByUsername(readModels, username);
  if (teacher === undefined) throw new LiteralProblem(404, 'teacher-not-found', 'no such teacher', { error: 'Teacher not found.' });
  return teacher;
};

const logInRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, readModels, config } = services;

    app.post(
      '/student/login/:teacher_username/',
      {
        schema: {
          tags,
          summary: 'Student login (1.2)',
          description: 'Sets the cookies access_token and refresh_token. With two-factor on, 401 says that a code was mailed: send it as otp, with the password.',
          params: Teacher,
          body: Type.Object({ email: EmailField, password: PasswordField(), otp: Type.Optional(CharField(20)) }),
          response: { 200: BriefUser, ...problems(401, 403, 404) },
        },
        config: {
          access: 'public',
          credentials: true,
          idempotent: false,
          reads: ['sessions', 'people'],
          refusals: {
            'wrong-credentials': INVALID,
            'log-in-not-admitted': NOT_REGISTERED,
            'second-factor-required': [401, { error: 'A code was mailed: send it as otp, together with email and password.' }],
          },
        },
        // Before the body is looked at: of an unknown teacher nothing else is wrong.
        preValidation: async ({ params }) => void (await teacherNamed(services, params.teacher_username)),
      },
      async (request, reply) => {
        const { otp, ...credentials } = request.body;
        const teacher = await teacherNamed(services, request.params.teacher_username);
        let isStudent = true;
        const admits = async ({ role, accountId }: RegisteredAccount): Promise<boolean> => {
          isStudent = role === 'student';
          return isStudent && belongsToTeacher(commands, teacher.id, accountId);
        };
        const input = { ...credentials, admits, ...(otp === undefined ? {} : { otp }) };
        const tokens = await run(request, reply, logIn, input, (outcome) =>
          !outcome.ok && outcome.rejection === 'log-in-not-admitted' && !isStudent ? reject('wrong-credentials') : outcome,
        );
        const person = await personById(readModels, tokens.accountId);
        if (person === undefined) throw notFound('account');
        setTokens(app, reply, tokens, config);
        return presentBriefUser(person);
      },
    );
  };

const refreshRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config } = services;

    app.post(
      '/student/refresh/:teacher_username/',
      {
        schema: {
          tags,
          summary: 'Refresh token (student) (1.5)',
          description: 'The refresh token has to be of the account that asks, whose access token is renewed while it is good.',
          params: Teacher,
          response: { 200: Type.Object({ message: Type.String() }), ...problems(400, 403) },
        },
        config: {
          access: 'account',
          credentials: true,
          idempotent: false,
          reads: ['sessions', 'people'],
          refusals: {
            ...badRefreshTokens,
            'account-not-a-student': [400, { error: 'User is not a student or does not have a student profile.' }],
            'not-a-student-of-teacher': NOT_REGISTERED,
          },
        },
      },
      async (request, reply) => {
        const refreshToken = refreshTokenOf(request);
        const teacher = await teacherByUsername(readModels, request.params.teacher_username);
        const { accountId } = accountOf(request);
        const tokens = await run(request, reply, refreshStudentSession, { accountId, refreshToken, teacherId: teacher?.id });
        setTokens(app, reply, tokens, config);
        return { message: 'Token refreshed successfully' };
      },
    );
  };

/** Log-in of students, each under a teacher. */
export const studentLoginRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(logInRoute(services));
    await app.register(refreshRoute(services));
  };
