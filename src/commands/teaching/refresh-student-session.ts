import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { TeachingRejection } from '../../domain/teaching/decider.js';
import { loadAccount } from '../accounts/identifiers/find-account.js';
import type { SessionTokens } from '../accounts/open-session.js';
import { refreshSession, type RefreshSessionRejection } from '../accounts/refresh-session.js';
import { readRefreshToken } from '../accounts/refresh-token.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { belongsToTeacher } from './standing.js';

export type RefreshStudentSessionRejection = RefreshSessionRejection | TeachingRejection | 'account-not-a-student';

/** A refresh token of another account is refused as one that is none. */
export interface RefreshStudentSessionInput {
  readonly accountId: string;
  readonly refreshToken: string;
  /** Undefined: there is no such teacher. */
  readonly teacherId: string | undefined;
}

/** Refreshes the session of a student of this teacher. One who is refused keeps the refresh token unused. */
export const refreshStudentSession =
  (services: CommandServices) =>
  async (
    { accountId, refreshToken, teacherId }: RefreshStudentSessionInput,
    context: CommandContext,
  ): Promise<Outcome<SessionTokens, RefreshStudentSessionRejection>> => {
    const token = readRefreshToken(services.keys, refreshToken);
    if (token === undefined) return reject('refresh-token-invalid');
    const { state: session } = await services.handler.load(aggregates.session, token.sessionId);
    if (session.status !== 'open') return reject('session-ended');
    if (session.accountId !== accountId) return reject('refresh-token-invalid');
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('session-ended');
    if (found.account.role !== 'student') return reject('account-not-a-student');
    const isTaught = teacherId !== undefined && (await belongsToTeacher(services, teacherId, accountId));
    return isTaught ? refreshSession(services)({ refreshToken }, context) : reject('not-a-student-of-teacher');
  };
