import type { RegisteredAccount } from '../../domain/account/decider.js';
import type { Role } from '../../domain/account/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Effect } from '../outcome.js';
import { printRefreshToken } from './refresh-token.js';
import type { CommandServices } from '../services.js';

export interface SessionTokens {
  readonly accountId: string;
  readonly role: Role | null;
  readonly sessionId: string;
  readonly refreshToken: string;
  /** The organization that the session works within. */
  readonly organizationId: string | null;
  readonly account: AccountProfile;
}

export const openSession = async (
  { handler, clock, keys }: Pick<CommandServices, 'handler' | 'clock' | 'keys'>,
  account: RegisteredAccount,
  context: CommandContext,
): Promise<Effect & { readonly value: SessionTokens }> => {
  const sessionId = uuidV5('session', context.commandId);
  const { accountId, credentialsVersion, role } = account;
  const data = { sessionId, accountId, credentialsVersion, at: clock.now().toISOString() };
  const opened = await handler.handle(aggregates.session, sessionId, { type: 'OpenSession', data }, context);
  if (!opened.ok) throw new Error(`session ${sessionId} was opened by another command`);
  // Not 0 when a repeat comes after a refresh: the first token would end the session as a reused one.
  const generation = opened.state.status === 'none' ? 0 : opened.state.generation;
  const refreshToken = printRefreshToken(keys, { sessionId, generation });
  return succeeded({ accountId, role, sessionId, refreshToken, organizationId: null, account: profileOf(account) }, opened);
};
