import type { RegisteredAccount } from '../domain/account/decider.js';
import { normaliseEmail } from '../domain/account/email.js';
import type { Position } from '../ports/event-store.js';
import { accountAggregate } from './account-aggregates.js';
import { profileOf, type AccountProfile } from './account-profile.js';
import { derivedContext, type CommandContext } from './context.js';
import { claimEmail, holdEmail, loadAccount, releaseEmail } from './email-identity.js';
import { issueOtpTo } from './issue-otp.js';
import { latestPosition } from './latest-position.js';
import type { Outcome } from './outcome.js';
import type { CommandServices } from './services.js';

/** What is absent stays. */
export interface ChangeProfileInput {
  readonly accountId: string;
  readonly name?: string;
  readonly imageUrl?: string | null;
  readonly email?: string;
}

export type ChangeProfileRejection = 'account-not-found' | 'email-taken';

export const changeProfile =
  (services: CommandServices) =>
  async (
    { accountId, email, ...changes }: ChangeProfileInput,
    context: CommandContext,
  ): Promise<Outcome<AccountProfile, ChangeProfileRejection>> => {
    const { handler, clock } = services;
    const emailAt = email === undefined ? 0n : await changeEmail(services, { accountId, email }, context);
    if (emailAt === 'email-taken') return { ok: false, rejection: 'email-taken' };
    const data = { accountId, ...changes, at: clock.now().toISOString() };
    const step = derivedContext(context, 'change-profile');
    const changed = await handler.handle(accountAggregate, accountId, { type: 'ChangeAccountProfile', data }, step);
    if (!changed.ok || changed.state.status !== 'registered') return { ok: false, rejection: 'account-not-found' };
    return { ok: true, value: profileOf(changed.state), position: latestPosition(emailAt, changed.position) };
  };

/** The new address is held, taken by the account and kept, before the old one is free for others. */
const changeEmail = async (
  services: CommandServices,
  { accountId, email }: { accountId: string; email: string },
  context: CommandContext,
): Promise<Position | 'email-taken'> => {
  const found = await loadAccount(services, accountId);
  if (found === undefined) return 0n;
  const isDone = found.commands.has(derivedContext(context, 'change-email').commandId);
  if (!isDone && normaliseEmail(email) === normaliseEmail(found.account.email)) return found.position;
  const account = isDone ? found.account : await takeEmail(services, { accountId, email: email.trim() }, context);
  if (account === undefined) return 'email-taken';
  const claimed = await claimEmail(services, account, derivedContext(context, 'claim-email'));
  if (account.previousEmail !== null) {
    await releaseEmail(services, { accountId, email: account.previousEmail }, derivedContext(context, 'release-email'));
  }
  const issued = await issueOtpTo(services, account, 'email_verification', derivedContext(context, 'issue-otp'));
  return latestPosition(claimed, issued.ok ? issued.position : 0n);
};

const takeEmail = async (
  services: CommandServices,
  { accountId, email }: { accountId: string; email: string },
  context: CommandContext,
): Promise<RegisteredAccount | undefined> => {
  const { handler, clock } = services;
  const holdId = await holdEmail(services, { email, accountId }, derivedContext(context, 'hold-email'));
  if (holdId === undefined) return undefined;
  const data = { accountId, email, holdId, at: clock.now().toISOString() };
  const step = derivedContext(context, 'change-email');
  const changed = await handler.handle(accountAggregate, accountId, { type: 'ChangeAccountEmail', data }, step);
  return changed.ok && changed.state.status === 'registered' ? changed.state : undefined;
};
