import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { registerAndOpenSession } from '../../../commands/accounts/register-and-open-session.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { Email, NewPassword } from '../../shared/credential-schemas.js';
import { invalidField } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer } from '../answers.js';
import { limits } from '../limits.js';
import { setTokenCookie } from '../token-cookie.js';
import { presentSession } from './presenter.js';
import { parseName, PersonName } from './person-name.js';
import { parsePhone } from './phone.js';
import { LoggedIn, UserType } from './schemas.js';
import { isStudentNumber } from './student-number.js';

const tags = ['Academy: accounts'];

const Registration = Type.Object({
  name: PersonName,
  email: Email,
  password: NewPassword,
  type: UserType,
  nim: Type.Optional(Line({ maxLength: 30, description: 'Of DIKE: like 24/000000/PA/000000' })),
  phone: Type.Optional(Line({ maxLength: 30, description: '08..., 62... or +62...' })),
});

/** The same for accounts that an admin imports. */
export const takenIdentifiers: Wordings = {
  'email-taken': [400, 'Email already registered'],
  'nim-taken': [400, 'NIM already registered'],
  'phone-taken': [400, 'Phone number already registered'],
};

const membership = ({ type, nim }: Static<typeof Registration>) => {
  if (type === 'UMUM') return {};
  if (nim === undefined || nim.trim() === '') throw invalidField('nim', 'NIM is required for DIKE students');
  if (!isStudentNumber(nim)) throw invalidField('nim', 'NIM must be like 24/000000/PA/000000');
  return { nim: nim.trim().toUpperCase() };
};

export const registrationRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/register',
      {
        schema: {
          tags,
          summary: 'Register (1.2.1)',
          description: 'The account is in use at once, and logged in. Sets the cookie access_token.',
          body: Registration,
          response: { 201: Answer(LoggedIn) },
        },
        config: { access: 'public', credentials: true, limits: { areas: [limits.auth] }, reads: ['accounts', 'sessions'], refusals: takenIdentifiers },
      },
      async (request, reply) => {
        const { email, password, type: accountType, phone } = request.body;
        const name = parseName(request.body.name);
        const numbers = { ...membership(request.body), ...(phone === undefined ? {} : { phone: parsePhone(phone) }) };
        const account = { name, email, password, accountType, ...numbers, role: 'student', provider: 'local', imageUrl: null } as const;
        const tokens = await run(request, reply, registerAndOpenSession, { ...account, surface: 'academy', actorRole: null });
        const session = presentSession(app, tokens);
        setTokenCookie(reply, session.accessToken, services.config);
        return reply.code(201).send(answer(session, 'User registered successfully'));
      },
    );
  };
