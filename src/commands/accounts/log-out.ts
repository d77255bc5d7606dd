import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import { effectOf, noEffect, succeeded, type Outcome } from '../outcome.js';
import { readRefreshToken } from './refresh-token.js';
import type { CommandServices } from '../services.js';

/** Ends the session of the access token or of any of its refresh tokens. Idempotent: no session is logged out. */
export const logOut =
  (services: CommandServices) =>
  async (
    input: { readonly sessionId: string } | { readonly refreshToken: string },
    context: CommandContext,
  ): Promise<Outcome<null, never>> => {
    const { handler, clock, keys } = services;
    const sessionId = 'sessionId' in input ? input.sessionId : readRefreshToken(keys, input.refreshToken)?.sessionId;
    if (sessionId === undefined) return succeeded(null, noEffect);
    const data = { sessionId, reason: 'logout', at: clock.now().toISOString() } as const;
    const ended = await handler.handle(aggregates.session, sessionId, { type: 'EndSession', data }, context);
    return succeeded(null, effectOf(ended));
  };
