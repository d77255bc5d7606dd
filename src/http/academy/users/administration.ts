import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changeRole } from '../../../commands/accounts/change-role.js';
import { accountById, listAccounts } from '../../../projections/accounts/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer } from '../answers.js';
import { presentUser } from '../auth/presenter.js';
import { User } from '../auth/schemas.js';
import { adminsOnly } from '../callers.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { AcademyRole, canonicalOf } from '../roles.js';

const tags = ['Academy: administration'];
const { createdAt: _createdAt, ...userWithoutTime } = User.properties;

/** What is missing has a sentence of the document. */
const requireBoth = async ({ body }: FastifyRequest): Promise<void> => {
  const isSent = (field: string): boolean => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
    return value !== undefined && value !== null && value !== '';
  };
  if (!isSent('userId') || !isSent('role')) throw new Problem(400, 'role-missing', 'User ID and role are required');
};

const RoleChange = Type.Object({ userId: Line({ maxLength: 64 }), role: AcademyRole });

export const administrationRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      '/users',
      {
        schema: { tags, summary: 'All users, newest first (1.2.2)', querystring: PlainListQuery, response: { 200: Answer(Type.Array(User)) } },
        config: { ...adminsOnly, reads: ['accounts'], limits: { areas: [limits.people] } },
      },
      async ({ query }, reply) => {
        const { accounts, total } = await listAccounts(readModels, listSlice(query));
        tellTotal(reply, total);
        return answer(accounts.map(presentUser));
      },
    );

    app.patch(
      '/auth/admin/users/role',
      {
        schema: {
          tags,
          summary: 'Change the role of a user (1.2.3)',
          description: 'Type and student number stay. It counts at once in all sessions. The last admin stays one.',
          body: RoleChange,
          response: { 200: Answer(Type.Object(userWithoutTime)), ...problems(404, 409) },
        },
        config: {
          ...adminsOnly,
          reads: ['accounts'],
          shows: ['sessions'],
          limits: { areas: [limits.auth] },
          refusals: { 'account-not-found': [404, 'User not found'], 'last-admin': [400, 'The last admin stays one: make another account an admin first'] },
        },
        preValidation: requireBoth,
      },
      async (request, reply) => {
        const { userId: accountId, role } = request.body;
        await run(request, reply, changeRole, { actor: accountOf(request), accountId, ...canonicalOf(role) });
        const account = await accountById(readModels, accountId);
        if (account === undefined) throw new Problem(404, 'account-not-found', 'User not found');
        const { createdAt: _time, ...user } = presentUser(account);
        return answer(user, 'User role updated successfully');
      },
    );
  };
