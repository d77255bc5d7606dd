import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changeNameAndPhone } from '../../../commands/accounts/change-name-and-phone.js';
import { accountById } from '../../../projections/accounts/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer } from '../answers.js';
import { anyAccount } from '../callers.js';
import { limits } from '../limits.js';
import { parseName, PersonName } from './person-name.js';
import { parsePhone } from './phone.js';
import { presentUser } from './presenter.js';
import { takenIdentifiers } from './registration.js';
import { User } from './schemas.js';

const tags = ['Academy: accounts'];

const ProfileChanges = Type.Object({
  name: Type.Optional(PersonName),
  phone: Type.Optional(Line({ maxLength: 30, description: '08..., 62... or +62...' })),
});

export const profileRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    const shown = async (request: FastifyRequest) => {
      const account = await accountById(services.readModels, accountOf(request).accountId);
      if (account === undefined) throw new Problem(404, 'account-not-found', 'User not found');
      return answer(presentUser(account));
    };

    app.patch(
      '/auth/update-profile',
      {
        schema: { tags, summary: 'Change the own profile (1.2.1)', body: ProfileChanges, response: { 200: Answer(User), ...problems(404) } },
        config: { ...anyAccount, ownAccount: true, reads: ['accounts'], limits: { areas: [limits.auth] }, refusals: takenIdentifiers },
      },
      async (request, reply) => {
        const { name, phone } = request.body;
        const changes = { ...(name === undefined ? {} : { name: parseName(name) }), ...(phone === undefined ? {} : { phone: parsePhone(phone) }) };
        await run(request, reply, changeNameAndPhone, { accountId: accountOf(request).accountId, ...changes });
        return shown(request);
      },
    );

    app.get(
      '/users/me',
      {
        schema: { tags, summary: 'The own account (1.2.2)', response: { 200: Answer(User), ...problems(404) } },
        config: { ...anyAccount, reads: ['accounts'], limits: { areas: [limits.people] } },
      },
      shown,
    );
  };
