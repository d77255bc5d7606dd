import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { registerAccount } from '../../commands/accounts/register-account.js';
import type { HttpServices } from '../http-services.js';
import { optionalAccountOf } from '../shared/access.js';
import { problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { Done, done } from './answers.js';
import { Registration } from './bodies.js';
import { canonicalRole, type SignUpRole } from './roles.js';

const REGISTERED = 'User registered successfully';

/** No name is asked for here, and one made of the address would show it to everybody. */
const names: Readonly<Record<SignUpRole, string>> = { admin: 'Admin', teacher: 'Teacher', student: 'Student' };

export const registrationRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/register',
      {
        schema: {
          tags: ['Authentication'],
          summary: 'Register user',
          description: 'Admins have two-factor on from then on, on every surface. In production an admin is registered by an admin only.',
          body: Registration,
          response: { 201: Done(201, REGISTERED), ...problems(403, 409) },
        },
        config: { access: 'public', credentials: true, reads: [], shows: ['accounts'] },
      },
      async (request, reply) => {
        const { email, password, role } = request.body;
        const input = {
          name: names[role],
          email,
          password,
          role: canonicalRole(role),
          provider: 'local' as const,
          imageUrl: null,
          twoFactor: role === 'admin',
          actorRole: optionalAccountOf(request)?.role ?? null,
        };
        await run(request, reply, registerAccount, input);
        return reply.code(201).send(done(201, REGISTERED));
      },
    );
  };
