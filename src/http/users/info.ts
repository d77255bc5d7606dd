import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { changeContact } from '../../commands/accounts/change-contact.js';
import { changeProfile } from '../../commands/accounts/change-profile.js';
import { derivedContext } from '../../commands/context.js';
import type { HttpServices } from '../http-services.js';
import { credentialLimits } from '../plugins/rate-limits.js';
import { accountOf } from '../shared/access.js';
import { contextOf } from '../shared/command-context.js';
import { problems } from '../shared/problem.js';
import { settle } from '../shared/settle.js';
import { success, User } from './answers.js';
import { InfoChange } from './bodies.js';
import { currentUser } from './current-user.js';
import { trimmedName } from './full-name.js';
import { readInfoForm } from './info-form.js';
import { blamePassword } from './refusals.js';
import { TOKEN_COOKIE } from './token-cookie.js';

const tags = ['Users: profile'];

const contactOf = ({ email, username, phoneNumber }: Static<typeof InfoChange>) => ({
  ...(email === undefined ? {} : { email }),
  ...(username === undefined ? {} : { username }),
  ...(phoneNumber === undefined ? {} : { phone: phoneNumber }),
});

export const infoRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { commands } = services;
    const { rateLimit } = credentialLimits(app);

    app.put(
      '/update-user-info',
      {
        schema: {
          tags,
          summary: 'Update user info',
          description: 'All of the changes or none. Another address has to be activated: a code is mailed to it.',
          consumes: ['application/json', 'multipart/form-data'],
          body: InfoChange,
          response: { 201: success({ user: User }), ...problems(404) },
        },
        config: { access: 'account', idempotent: false, rateLimit, multipart: true, tokenCookie: TOKEN_COOKIE },
        preValidation: readInfoForm,
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        const { password, fullname } = request.body;
        const context = contextOf(request);
        const input = { accountId, password, ...contactOf(request.body) };
        const changed = blamePassword('password', await changeContact(commands)(input, context));
        // Only after the password was proved; a name can't be refused any more.
        const renaming = changed.ok && fullname !== undefined ? { accountId, name: trimmedName(fullname) } : undefined;
        const step = derivedContext(context, 'rename');
        await settle(services, reply, renaming === undefined ? changed : await changeProfile(commands)(renaming, step));
        return reply.code(201).send({ success: true as const, message: 'The changes were kept.', user: await currentUser(services, request) });
      },
    );
  };
