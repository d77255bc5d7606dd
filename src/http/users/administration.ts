import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { deleteAccount } from '../../commands/accounts/delete-account.js';
import { listAccounts, type AccountList } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { answerPage, MAX_PAGE_SIZE, PageQuery, type PageRequest } from '../shared/pagination.js';
import { problems } from '../shared/problem.js';
import { removing } from '../uploads/removed-file.js';
import { runner } from '../shared/run.js';
import { presentListedUser } from './presenter.js';
import { Done, done, Id, ListedUser, succeed, success } from './schemas.js';

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
        const find = (page: PageRequest) => listAccounts(readModels, page);
        const present = ({ accounts }: AccountList) => accounts.map((account) => presentListedUser(account, config.publicUrl));
        const { data: users, ...page } = await answerPage(request.query, find, present);
        return reply.code(201).send(succeed('All users.', { users, ...page }));
      },
    );

    app.delete(
      '/delete-user/:id',
      { schema: { tags, summary: 'Delete user (admin)', params: Id, response: { 201: Done, ...problems(404) } }, config: { ...access, reads: [], shows: ['accounts', 'sessions'] } },
      async (request, reply) => {
        const input = { actor: accountOf(request), accountId: request.params.id };
        await run(request, reply, deleteAccount, input, removing(files, ({ avatarFile }) => avatarFile));
        return reply.code(201).send(done('The user was deleted.'));
      },
    );
  };
