import type { Role } from '../../domain/account/events.js';
import type { ReadModels } from '../../ports/read-models.js';
import { access, sessions } from './document.js';

/** The account as its sessions know it; null when there is none. */
export const sessionAccount = async (readModels: ReadModels, accountId: string): Promise<{ readonly role: Role | null } | null> =>
  (await readModels.get(access, accountId)) ?? null;

/** Asked for each request: what the session may do, null when it is over or not this account's. */
export const liveSession = async (
  readModels: ReadModels,
  sessionId: string,
  accountId: string,
): Promise<{ readonly role: Role | null } | null> => {
  const [session, account] = await Promise.all([readModels.get(sessions, sessionId), readModels.get(access, accountId)]);
  if (session === undefined || account === undefined) return null;
  const isLive =
    session.accountId === accountId && session.endedAt === null && session.credentialsVersion === account.credentialsVersion;
  return isLive ? { role: account.role } : null;
};
