import type { RegisteredAccount } from '../../domain/account/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { checkOtp, type VerifyOtpRejection } from './check-otp.js';
import { checkPassword, type CheckPasswordRejection } from './check-password.js';
import { derivedContext, type CommandContext } from '../context.js';
import { loadAccount } from './identifiers/find-account.js';
import { noEffect, succeeded, type Effect, type Outcome } from '../outcome.js';
import { mailSecondFactorCode } from './second-factor.js';
import type { CommandServices } from '../services.js';

interface InSession {
  readonly accountId: string;
  readonly sessionId: string;
}

/** What shows that it is the owner who turns two-factor off; none is needed soon after a login. */
interface Proof {
  readonly password?: string;
  readonly otp?: string;
}

export type RequestTwoFactorRejection = 'account-not-found' | 'two-factor-on' | 'email-not-verified' | 'otp-too-many';
export type ConfirmTwoFactorRejection = 'account-not-found' | 'two-factor-on' | 'session-ended' | VerifyOtpRejection;
export type DisableTwoFactorRejection =
  | 'account-not-found'
  | 'two-factor-mandatory'
  | 'two-factor-proof-required'
  | 'otp-too-many'
  | CheckPasswordRejection
  | VerifyOtpRejection;

const RECENT_MS = 10 * 60_000;
const PURPOSE = 'two_factor_change';

/** Mails a code to the verified address: two-factor is turned on once it is shown that the codes arrive. */
export const requestTwoFactor =
  (services: CommandServices) =>
  async ({ accountId }: { accountId: string }, context: CommandContext): Promise<Outcome<null, RequestTwoFactorRejection>> => {
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    if (found.account.twoFactor) return reject('two-factor-on');
    if (found.account.activatedEmail === null) return reject('email-not-verified');
    const mailed = await mailSecondFactorCode(services, found.account, PURPOSE, context);
    return mailed.ok ? succeeded(null, mailed) : mailed;
  };

/** Turns two-factor on. The session that asks goes on; all others, which a password alone may have opened, end. */
export const confirmTwoFactor =
  (services: CommandServices) =>
  async ({ accountId, sessionId, code }: InSession & { code: string }, context: CommandContext): Promise<Outcome<null, ConfirmTwoFactorRejection>> => {
    const { handler, clock } = services;
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    if (found.account.twoFactor) return reject('two-factor-on');
    const { state: session } = await handler.load(aggregates.session, sessionId);
    if (session.status !== 'open' || session.accountId !== accountId) return reject('session-ended');
    const used = await checkOtp(services, found.account, { purpose: PURPOSE, code, mode: 'use' }, derivedContext(context, 'use-otp'));
    if (used === undefined) return reject('otp-invalid');
    const { credentialsVersion } = session;
    const data = { accountId, session: { sessionId, credentialsVersion }, at: clock.now().toISOString() };
    const enabled = await handler.handle(aggregates.account, accountId, { type: 'EnableTwoFactor', data }, context);
    if (!enabled.ok) return reject(enabled.rejection === 'account-not-found' ? 'account-not-found' : 'session-ended');
    return succeeded(null, used, enabled);
  };

/**
 * Turns two-factor off for the owner: with the password, a code from a mail, or soon after the login of this session. Without any
 * of them a code is mailed. The owner is told and can undo it.
 */
export const disableTwoFactor =
  (services: CommandServices) =>
  async (
    { accountId, sessionId, ...proof }: InSession & Proof,
    context: CommandContext,
  ): Promise<Outcome<null, DisableTwoFactorRejection>> => {
    const { handler, clock, settings } = services;
    const found = await loadAccount(services, accountId);
    if (found === undefined) return reject('account-not-found');
    const { account } = found;
    if (account.role === 'admin' && settings.adminSecondFactor) return reject('two-factor-mandatory');
    if (!account.twoFactor) return succeeded(null, noEffect);
    const proved = await prove(services, account, { sessionId, ...proof }, context);
    if (!proved.ok) return proved;
    const step = derivedContext(context, 'disable-two-factor');
    const data = { accountId, changeId: step.commandId, at: clock.now().toISOString() };
    const disabled = await handler.handle(aggregates.account, accountId, { type: 'DisableTwoFactor', data }, step);
    return disabled.ok ? succeeded(null, proved, disabled) : reject('account-not-found');
  };

type Proved = (Readonly<{ ok: true }> & Effect) | Refusal<DisableTwoFactorRejection>;

const prove = async (
  services: CommandServices,
  account: RegisteredAccount,
  { sessionId, password, otp }: { sessionId: string } & Proof,
  context: CommandContext,
): Promise<Proved> => {
  const { accountId } = account;
  if (password !== undefined) {
    const refused = await checkPassword(services, { accountId, password }, derivedContext(context, 'check-password'));
    return refused ?? { ok: true, ...noEffect };
  }
  if (otp !== undefined) {
    const used = await checkOtp(services, account, { purpose: PURPOSE, code: otp, mode: 'use' }, derivedContext(context, 'use-otp'));
    return used === undefined ? reject('otp-invalid') : { ok: true, ...used };
  }
  if (await isRecent(services, sessionId)) return { ok: true, ...noEffect };
  const mailed = await mailSecondFactorCode(services, account, PURPOSE, derivedContext(context, 'issue-otp'));
  return mailed.ok ? reject('two-factor-proof-required') : mailed;
};

const isRecent = async ({ handler, clock }: CommandServices, sessionId: string): Promise<boolean> => {
  const { state: session } = await handler.load(aggregates.session, sessionId);
  return session.status === 'open' && clock.now().getTime() - Date.parse(session.openedAt) < RECENT_MS;
};
