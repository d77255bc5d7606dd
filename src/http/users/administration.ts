import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { deleteAccount } from '../../commands/accounts/delete-account.js';
import { listAccounts } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { MAX_PAGE_SIZE, PageQuery, pageOf, presentPage } from '../shared/pagination.js';
import { problems } from '../shared/problem.js';
import { removing } from '../uploads/removed-file.js';
import { runner } from '../shared/run.js';
import { Done, ListedUser, success } from './answers.js';
import { presentListedUser } from './presenter.js';
import { Id } from './schemas.js';

const tags = ['Users: administration'];

/** The document has a plain list: its length is the largest page unless the client asks for less. */
const ListQuery = Type.Object({
  page: PageQuery.properties.page,
  limit: Type.Optional(Type.Integer({ minimum: 1, default: MAX_PAGE_SIZE, description: `At most ${MAX_PAGE_SIZE}` })),
});

const paging = { page: Type.Integer(), limit: Type.Integer(), total: Type.Integer(), totalPages: Type.Integer() };

export const administrationRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, files, config } = services;
    const access = { access: ['admin'] } as const;

    app.get(
      '/admin-all-users',
      {
        schema: {
          tags,
          summary: 'Get all users (admin)',
          description: 'Newest first.',
          querystring: ListQuery,
          response: { 201: success({ users: Type.Array(ListedUser), ...paging }) },
        },
        config: { ...access, reads: ['accounts'] },
      },
      async (request, reply) => {
        const page = pageOf(request.query);
        const { accounts, total } = await listAccounts(readModels, page);
        const { data: users, ...rest } = presentPage(page, accounts, total);
        const presented = users.map((account) => presentListedUser(account, config.publicUrl));
        return reply.code(201).send({ success: true as const, message: 'All users.', users: presented, ...rest });
      },
    );

    app.delete(
      '/delete-user/:id',
      { schema: { tags, summary: 'Delete user (admin)', params: Id, response: { 201: Done, ...problems(404) } }, config: { ...access, reads: [], shows: ['accounts', 'sessions'] } },
      async (request, reply) => {
        const input = { actor: accountOf(request), accountId: request.params.id };
        await run(request, reply, deleteAccount, input, removing(files, ({ avatarFile }) => avatarFile));
        return reply.code(201).send({ success: true as const, message: 'The user was deleted.' });
      },
    );
  };
