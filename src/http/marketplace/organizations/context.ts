import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { switchContext } from '../../../commands/organizations/switch-context.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import type { HttpServices } from '../../http-services.js';
import { accessClaims, ACCESS_TOKEN_SECONDS } from '../../plugins/access-tokens.js';
import { accountOf, sessionOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';

const Context = Type.Object({ organizationId: Nullable(Line({ maxLength: 64, description: 'null or empty: back to no organization' })) });

/** No refresh token: an access token, which ends soon, must not be good for one that lasts. */
const SwitchedContext = Type.Object({
  success: Type.Literal(true),
  organizationId: Nullable(Type.String()),
  accessToken: Type.String(),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds' }),
});

export const contextRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/users/switch-context',
      {
        schema: {
          tags: ['Users'],
          summary: 'Switch active organization context',
          description: 'For members. The session goes on within the organization, with each of its tokens; the new one says so in its claim org.',
          body: Context,
          response: { 200: SwitchedContext, ...problems(403, 404) },
        },
        config: { access: 'account', idempotent: false, reads: ['sessions'] },
      },
      async (request, reply) => {
        const { accountId, role } = accountOf(request);
        const sessionId = sessionOf(request);
        const wanted = request.body.organizationId?.trim() ?? '';
        const { organizationId } = await run(request, reply, switchContext, { accountId, sessionId, organizationId: wanted === '' ? null : wanted });
        const accessToken = app.jwt.sign(accessClaims({ accountId, sessionId, role, organizationId }));
        return { success: true as const, organizationId, accessToken, tokenType: 'Bearer' as const, expiresIn: ACCESS_TOKEN_SECONDS };
      },
    );
  };
