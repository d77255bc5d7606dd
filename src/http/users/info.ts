import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../commands/accounts/account-profile.js';
import { changeContact, type ChangeContactInput, type ChangeContactRejection } from '../../commands/accounts/change-contact.js';
import { changeProfile } from '../../commands/accounts/change-profile.js';
import { derivedContext, type CommandContext } from '../../commands/context.js';
import type { Outcome } from '../../commands/outcome.js';
import type { CommandServices } from '../../commands/services.js';
import type { FullName } from '../../domain/account/events.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { currentUser } from './current-user.js';
import { trimmedName } from '../../domain/account/full-name.js';
import { readInfoForm } from './info-form.js';
import { InfoChange, succeed, success, User } from './schemas.js';
import { wrongPasswordIn } from './surface.js';

const tags = ['Users: profile'];

const contactOf = ({ email, username, phoneNumber }: Static<typeof InfoChange>) => ({
  ...(email === undefined ? {} : { email }),
  ...(username === undefined ? {} : { username }),
  ...(phoneNumber === undefined ? {} : { phone: phoneNumber }),
});

interface InfoChanges {
  readonly contact: ChangeContactInput;
  readonly name?: FullName;
}

const changeInfo =
  (commands: CommandServices) =>
  async ({ contact, name }: InfoChanges, context: CommandContext): Promise<Outcome<AccountProfile, ChangeContactRejection>> => {
    const changed = await changeContact(commands)(contact, context);
    if (!changed.ok || name === undefined) return changed;
    // The name comes after the check of the password and cannot be refused then.
    return changeProfile(commands)({ accountId: contact.accountId, name }, derivedContext(context, 'rename'));
  };

export const infoRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

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
        config: { access: 'account', ownAccount: true, credentials: true, multipart: true, reads: ['accounts', 'userAddress'], refusals: wrongPasswordIn('password') },
        preValidation: readInfoForm,
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        const { password, fullname } = request.body;
        const contact = { accountId, password, ...contactOf(request.body) };
        const input = { contact, ...(fullname === undefined ? {} : { name: trimmedName(fullname) }) };
        await run(request, reply, changeInfo, input);
        return reply.code(201).send(succeed('The changes were kept.', { user: await currentUser(services, request) }));
      },
    );
  };
