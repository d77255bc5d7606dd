import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { undoAccountChange } from '../../../commands/accounts/undo-account-change.js';
import type { HttpServices } from '../../http-services.js';
import { runner } from '../../shared/run.js';
import { done, Success } from './schemas.js';

const tags = ['Auth'];
const URL = '/auth/undo-change';
const Token = Type.Object({ token: Type.String({ minLength: 1, maxLength: 300, pattern: '^[\\w.-]+$' }) });

/** Programs that look at the links of a mail follow them: only the button changes something. The pattern admits no HTML. */
const page = (token: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Take your account back</title></head>
<body>
<h1>Take your account back</h1>
<p>Every session ends, the password is void, and a code for a new one is mailed to you.</p>
<form method="post" action="?token=${token}"><button>Take it back</button></form>
</body>
</html>
`;

/** An addition to the document: the link in the mail about a changed address or password. */
export const undoRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const config = { access: 'public', credentials: true, reads: [] } as const;

    // A form without fields: all that it says stands in the URL.
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_000 }, async () => undefined);

    app.get(
      URL,
      {
        schema: {
          tags,
          summary: 'Page that asks whether to undo a change of the address or password',
          querystring: Token,
          produces: ['text/html'],
          response: { 200: Type.String() },
        },
        config: { ...config, asOf: false },
      },
      async (request, reply) => reply.type('text/html; charset=utf-8').header('referrer-policy', 'no-referrer').send(page(request.query.token)),
    );

    app.post(
      URL,
      {
        schema: {
          tags,
          summary: 'Undo a change of the address or password',
          description: 'With the token from the mail, for 7 days: ends every session, makes the password void, and mails a code for a new one.',
          querystring: Token,
          response: { 200: Success },
        },
        config: { ...config, shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        await run(request, reply, undoAccountChange, { token: request.query.token });
        return done('The account is yours again. A code for a new password is on its way.');
      },
    );
  };
