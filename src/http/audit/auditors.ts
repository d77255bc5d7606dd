import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { changeRole } from '../../commands/accounts/change-role.js';
import { Role } from '../../domain/account/events.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { Line } from '../shared/text-schemas.js';

const tags = ['Audit'];
const params = Type.Object({ accountId: Line({ minLength: 1, maxLength: 64 }) });
const AccountRole = Type.Object({ accountId: Type.String(), role: Role });
type AccountRole = Static<typeof AccountRole>;

/** PUT and DELETE /audit/auditors/:accountId: an admin makes an account an auditor, and takes the role away again. */
export const auditorRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.put(
      '/audit/auditors/:accountId',
      {
        schema: {
          tags,
          summary: 'Makes an account an auditor',
          description: 'It loses the role that it had: an auditor reads the audit and changes nothing. It counts at once in all sessions. The last admin stays one.',
          params,
          response: { 200: AccountRole, ...problems(404, 409) },
        },
        config: { access: ['admin'], reads: [], shows: ['accounts', 'sessions'] },
      },
      async (request, reply): Promise<AccountRole> => {
        const { accountId } = request.params;
        await run(request, reply, changeRole, { actor: accountOf(request), accountId, role: 'auditor' });
        return { accountId, role: 'auditor' };
      },
    );

    app.delete(
      '/audit/auditors/:accountId',
      {
        schema: {
          tags,
          summary: 'Takes the role of an auditor away',
          description: 'The account is a guest then: it may buy and learn. Other roles are given where they are made.',
          params,
          response: { 200: AccountRole, ...problems(404, 409) },
        },
        config: { access: ['admin'], reads: [], shows: ['accounts', 'sessions'] },
      },
      async (request, reply): Promise<AccountRole> => {
        const { accountId } = request.params;
        await run(request, reply, changeRole, { actor: accountOf(request), accountId, from: 'auditor', role: 'guest' });
        return { accountId, role: 'guest' };
      },
    );
  };
