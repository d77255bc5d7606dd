import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { activateAccount } from '../../commands/accounts/activate-account.js';
import { requestOtpLater } from '../../commands/accounts/issue-otp.js';
import { registerAccount } from '../../commands/accounts/register-account.js';
import type { HttpServices } from '../http-services.js';
import { optionalAccountOf } from '../shared/access.js';
import { contextOf } from '../shared/command-context.js';
import { problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { avatarField } from '../uploads/avatar-field.js';
import { fileUrl } from '../uploads/picture-store.js';
import { pictureUpload, type UploadBudget } from '../uploads/picture-upload.js';
import { trimmedName } from '../../domain/account/full-name.js';
import { jsonReader } from '../uploads/json-text.js';
import { presentSession } from './presenter.js';
import { canonicalRole } from './roles.js';
import { setTokenCookie } from './token-cookie.js';
import { Activation, Done, done, EmailAddress, FullName, LoggedIn, NewUser, Phone } from './schemas.js';

const tags = ['Users: accounts'];
const readFullName = jsonReader('fullname', FullName);
const readPhone = jsonReader('phone', Phone);

const newAccount = ({ email, password, fullname, username, role = 'user', phone, avatar }: Static<typeof NewUser>, publicUrl: string) => ({
  name: trimmedName(readFullName(fullname)),
  email,
  password,
  role: canonicalRole(role),
  provider: 'local' as const,
  username,
  imageUrl: avatar === undefined ? null : fileUrl(publicUrl, avatar),
  ...(phone === undefined ? {} : { phone: readPhone(phone) }),
  ...(avatar === undefined ? {} : { avatarFile: avatar }),
});

export const registrationRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, config } = services;
    const credentials = { access: 'public', credentials: true, reads: [] } as const;
    const upload = pictureUpload(services, budget, avatarField, ['email', 'password', 'fullname', 'username', 'role', 'phone']);

    app.post(
      '/create-user',
      {
        schema: {
          tags,
          summary: 'Create user',
          description: 'Mails a code, with which the account is activated.',
          consumes: ['multipart/form-data'],
          body: NewUser,
          response: { 201: Done, ...problems(403) },
        },
        config: { ...credentials, multipart: true, shows: ['accounts'] },
        preValidation: upload.preValidation,
        onSend: upload.onSend,
      },
      async (request, reply) => {
        const input = { ...newAccount(request.body, config.publicUrl), actorRole: optionalAccountOf(request)?.role ?? null };
        const { email } = await run(request, reply, registerAccount, input);
        const message = `A code is on its way to ${email}: activate the account with it.`;
        return reply.code(201).send(done(message));
      },
    );

    app.post(
      '/resend-otp',
      {
        schema: { tags, summary: 'Resend OTP', body: EmailAddress, response: { 200: Done } },
        config: credentials,
      },
      async (request) => {
        await requestOtpLater(commands)({ email: request.body.email, purpose: 'email_verification' }, contextOf(request));
        return done('If the address has an account, a code is on its way to it.');
      },
    );

    app.post(
      '/activation',
      {
        schema: { tags, summary: 'Activate user', body: Activation, response: { 201: LoggedIn, ...problems(401) } },
        config: { ...credentials, reads: ['sessions'], shows: ['accounts'] },
      },
      async (request, reply) => {
        const { email, otp: code } = request.body;
        const tokens = await run(request, reply, activateAccount, { email, code });
        const answer = presentSession(app, tokens, 'The account is active.');
        setTokenCookie(reply, answer.token, config.production);
        return reply.code(201).send(answer);
      },
    );
  };
