import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { issueOtpTo } from './issue-otp.js';
import { effectOf, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { readUndoToken } from './undo-token.js';

export type UndoAccountChangeRejection = 'undo-not-possible';

/**
 * Gives the account back to the address that a notice went to, also where somebody has changed it further since. Sessions, codes
 * and the password are void; a code for a new password is mailed there.
 */
export const undoAccountChange =
  (services: CommandServices) =>
  async ({ token }: { token: string }, context: CommandContext): Promise<Outcome<{ accountId: string }, UndoAccountChangeRejection>> => {
    const { handler, clock, keys } = services;
    const named = readUndoToken(keys, token);
    if (named === undefined) return reject('undo-not-possible');
    const { accountId } = named;
    const data = { ...named, at: clock.now().toISOString() };
    const undone = await handler.handle(aggregates.account, accountId, { type: 'UndoAccountChange', data }, context);
    if (!undone.ok || undone.state.status !== 'registered') return reject('undo-not-possible');
    const issued = await issueOtpTo(services, undone.state, 'password_reset', derivedContext(context, 'issue-otp'));
    return succeeded({ accountId }, undone, effectOf(issued));
  };
