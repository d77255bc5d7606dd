import type { AccountType, Role } from '../../domain/account/events.js';
import type { ReadModels } from '../../ports/read-models.js';
import { access, sessions } from './document.js';

export interface AccountRights {
  readonly role: Role | null;
  /** The kind of student that the account is, where a surface asked. */
  readonly studentType: AccountType | null;
}

export const sessionAccount = async (readModels: ReadModels, accountId: string): Promise<AccountRights | null> =>
  (await readModels.get(access, accountId)) ?? null;

export interface LiveSession extends AccountRights {
  /** The organization that the session was switched to; its membership may have ended since. */
  readonly organizationId: string | null;
}

/** Called for each request: the rights of the session; null when it is over or another account's. */
export const liveSession = async (
  readModels: ReadModels,
  sessionId: string,
  accountId: string,
): Promise<LiveSession | null> => {
  const [session, account] = await Promise.all([readModels.get(sessions, sessionId), readModels.get(access, accountId)]);
  if (session === undefined || account === undefined) return null;
  const isCurrent = session.credentialsVersion === account.credentialsVersion || session.id === account.keptSessionId;
  const isLive = session.accountId === accountId && session.endedAt === null && isCurrent;
  return isLive ? { role: account.role, studentType: account.studentType, organizationId: session.organizationId } : null;
};
