import type { Session } from '../../domain/session/decider.js';
import { outlives } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { profileOf } from './account-profile.js';
import { derivedContext, type CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import type { SessionTokens } from './open-session.js';
import { succeeded, type Outcome } from '../outcome.js';
import { standingIn } from '../organizations/standing.js';
import { printRefreshToken, readRefreshToken } from './refresh-token.js';
import type { CommandServices } from '../services.js';

export type RefreshSessionRejection = 'refresh-token-invalid' | 'refresh-token-reused' | 'session-ended' | 'session-expired';

export const refreshSession =
  (services: CommandServices) =>
  async (
    { refreshToken }: { refreshToken: string },
    context: CommandContext,
  ): Promise<Outcome<SessionTokens, RefreshSessionRejection>> => {
    const { handler, clock, keys } = services;
    const token = readRefreshToken(keys, refreshToken);
    if (token === undefined) return reject('refresh-token-invalid');
    const { sessionId, generation } = token;
    const account = await accountOf(services, sessionId, context);
    if (account === undefined) return reject('session-ended');
    const data = { sessionId, generation, at: clock.now().toISOString() };
    const refreshed = await handler.handle(aggregates.session, sessionId, { type: 'RefreshSession', data }, context);
    if (!refreshed.ok) {
      const { state: session } = await handler.load(aggregates.session, sessionId);
      return reject(refreshed.rejection === 'session-expired' ? 'session-expired' : endedAs(session));
    }
    const successor = generation + 1;
    if (refreshed.state.status !== 'open') return reject(endedAs(refreshed.state));
    // This command is a repeat that came after its successor token was exchanged.
    if (refreshed.state.generation !== successor) return reject('refresh-token-reused');
    const { accountId, role } = account;
    const next = printRefreshToken(keys, { sessionId, generation: successor });
    const organizationId = await standingContext(services, accountId, refreshed.state.organizationId);
    const value = { accountId, role, sessionId, refreshToken: next, organizationId, account: profileOf(account) };
    return succeeded(value, refreshed);
  };

/** The organization of the session while its account is a member. */
const standingContext = async (services: CommandServices, accountId: string, organizationId: string | null): Promise<string | null> => {
  if (organizationId === null) return null;
  const found = await standingIn(services, organizationId, { accountId });
  return found.ok && found.standing.isMember ? organizationId : null;
};

const endedAs = (session: Session): RefreshSessionRejection =>
  session.status === 'ended' && session.reason === 'refresh-token-reused' ? 'refresh-token-reused' : 'session-ended';

/** The account of the session; undefined when its credentials have changed since, which ends the session. */
const accountOf = async ({ handler, clock }: CommandServices, sessionId: string, context: CommandContext) => {
  const { state: session } = await handler.load(aggregates.session, sessionId);
  if (session.status === 'none') return undefined;
  const found = await loadAccount({ handler }, session.accountId);
  if (found === undefined) return undefined;
  const { credentialsVersion } = session;
  if (outlives(found.account, { sessionId, credentialsVersion })) return found.account;
  const data = { sessionId, reason: 'password-changed', at: clock.now().toISOString() } as const;
  const step = derivedContext(context, 'end-session');
  await handler.handle(aggregates.session, sessionId, { type: 'EndSession', data }, step);
  return undefined;
};
