import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeAvatar } from '../../commands/accounts/change-avatar.js';
import { accountById } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound, problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { avatarField } from '../uploads/avatar-field.js';
import { fileUrl } from '../uploads/picture-store.js';
import { removing } from '../uploads/removed-file.js';
import { pictureUpload, type UploadBudget } from '../uploads/picture-upload.js';
import { currentUser } from './current-user.js';
import { presentPublicUser } from './presenter.js';
import { Id, NewAvatar, PublicUser, succeed, success, User } from './schemas.js';

const tags = ['Users: profile'];

export const profileRoutes =
  (services: HttpServices, budget: UploadBudget): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, files, config } = services;
    const upload = pictureUpload(services, budget, avatarField);

    app.get(
      '/getuser',
      {
        schema: { tags, summary: 'Load user', response: { 200: success({ user: User }), ...problems(404) } },
        config: { access: 'account', reads: ['accounts', 'userAddress'] },
      },
      async (request) => succeed('The user.', { user: await currentUser(services, request) }),
    );

    app.put(
      '/update-avatar',
      {
        schema: {
          tags,
          summary: 'Update user avatar',
          consumes: ['multipart/form-data'],
          body: NewAvatar,
          response: { 200: success({ user: User }), ...problems(404) },
        },
        // An Idempotency-Key needs the body's fingerprint: a file is not read for that.
        config: { access: 'account', ownAccount: true, idempotent: false, multipart: true, reads: ['accounts', 'userAddress'] },
        preValidation: upload.preValidation,
        onSend: upload.onSend,
      },
      async (request, reply) => {
        const { avatar: avatarFile } = request.body;
        const input = { accountId: accountOf(request).accountId, avatarFile, imageUrl: fileUrl(config.publicUrl, avatarFile) };
        await run(request, reply, changeAvatar, input, removing(files, ({ replacedFile }) => replacedFile));
        return succeed('The avatar was changed.', { user: await currentUser(services, request) });
      },
    );

    app.get(
      '/user-info/:id',
      {
        schema: {
          tags,
          summary: 'Find user information',
          description: 'For anybody: nothing private.',
          params: Id,
          response: { 200: success({ user: PublicUser }), ...problems(404) },
        },
        config: { access: 'public', reads: ['accounts'] },
      },
      async ({ params: { id } }) => {
        const account = await accountById(readModels, id);
        if (account === undefined) throw notFound('user');
        return succeed('The user.', { user: presentPublicUser(account, config.publicUrl) });
      },
    );
  };
