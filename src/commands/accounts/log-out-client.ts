import { aggregates } from '../../domain/aggregates.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { logOut } from './log-out.js';
import { readRefreshToken } from './refresh-token.js';

export interface LogOutClientInput {
  readonly accountId: string;
  /** Of the access token. */
  readonly sessionId: string;
  /** Another account's, and one that is none, are left alone. */
  readonly refreshToken: string;
}

/** Ends the session of the access token, and that of the refresh token where it is another one of the account. */
export const logOutClient =
  (services: CommandServices) =>
  async ({ accountId, sessionId, refreshToken }: LogOutClientInput, context: CommandContext): Promise<Outcome<null, never>> => {
    const named = readRefreshToken(services.keys, refreshToken)?.sessionId;
    const own = await logOut(services)({ sessionId }, context);
    if (named === undefined || named === sessionId) return own;
    const { state: session } = await services.handler.load(aggregates.session, named);
    if (session.status !== 'open' || session.accountId !== accountId) return own;
    const other = await logOut(services)({ sessionId: named }, derivedContext(context, 'other-session'));
    return own.ok && other.ok ? succeeded(null, own, other) : own;
  };
