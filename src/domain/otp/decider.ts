import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { OtpEvent, OtpPurpose } from './events.js';

export type OtpCommand =
  | Message<'IssueOtp', Recipient & { otpId: string; accountId: string; purpose: OtpPurpose; at: string }>
  /** matches: the given code is that of `otpId`. `confirm` leaves it good for the step that uses it. */
  | Message<'VerifyOtp', Recipient & { otpId: string; matches: boolean; mode: 'confirm' | 'use'; at: string }>;

interface Recipient {
  readonly emailId: string;
  readonly credentialsVersion?: number;
}

export type OtpRejection = 'otp-too-many' | 'otp-not-issued' | 'otp-expired' | 'otp-exhausted' | 'otp-used';

interface Issues {
  /** Times of the latest unused codes, oldest first, at most as many as are allowed in an hour. */
  readonly issues: readonly string[];
}

interface OtpFacts extends Issues {
  readonly otpId: string;
  readonly accountId: string;
  readonly purpose: OtpPurpose;
  readonly emailId: string;
  readonly credentialsVersion?: number;
  readonly expiresAt: string;
  readonly tries: number;
}

export type Otp =
  | Readonly<{ status: 'none' } & Issues>
  | Readonly<{ status: 'issued' | 'confirmed' | 'used' } & OtpFacts>;

const LIFETIME_MS = 10 * 60_000;
const MOST_TRIES = 5;
const MOST_ISSUES = 5;
const ISSUES_WINDOW_MS = 60 * 60_000;

/** True while a person who has the mail may still use the code. */
export const isOpen = (otp: Otp, at: string): boolean =>
  (otp.status === 'issued' || otp.status === 'confirmed') && otp.tries < MOST_TRIES && Date.parse(at) < Date.parse(otp.expiresAt);

type OtpDecision = Decision<OtpEvent, OtpRejection>;

export const decide = (command: OtpCommand, otp: Otp): OtpDecision =>
  command.type === 'IssueOtp' ? issue(command.data, otp) : verify(command.data, otp);

const issue = ({ at, ...data }: Extract<OtpCommand, { type: 'IssueOtp' }>['data'], otp: Otp): OtpDecision => {
  if (otp.status !== 'none' && otp.otpId === data.otpId) return accept();
  const oldest = otp.issues.length < MOST_ISSUES ? undefined : otp.issues[0];
  const freeAt = oldest === undefined ? 0 : Date.parse(oldest) + ISSUES_WINDOW_MS;
  if (Date.parse(at) < freeAt) return reject('otp-too-many', { retryAt: new Date(freeAt).toISOString() });
  const expiresAt = new Date(Date.parse(at) + LIFETIME_MS).toISOString();
  return accept({ type: 'OtpIssued', data: { ...data, expiresAt, issuedAt: at } });
};

const verify = (
  { otpId, emailId, credentialsVersion, matches, mode, at }: Extract<OtpCommand, { type: 'VerifyOtp' }>['data'],
  otp: Otp,
): OtpDecision => {
  if (otp.status === 'none' || otp.otpId !== otpId || otp.emailId !== emailId) return reject('otp-not-issued');
  if (otp.credentialsVersion !== undefined && otp.credentialsVersion !== credentialsVersion) return reject('otp-not-issued');
  if (otp.status === 'used') return reject('otp-used');
  if (otp.tries >= MOST_TRIES) return reject('otp-exhausted');
  if (Date.parse(at) >= Date.parse(otp.expiresAt)) return reject('otp-expired');
  const { accountId, purpose } = otp;
  const common = { otpId, accountId, purpose };
  if (!matches) return accept({ type: 'OtpRefused', data: { ...common, tries: otp.tries + 1, refusedAt: at } });
  if (mode === 'use') return accept({ type: 'OtpUsed', data: { ...common, usedAt: at } });
  if (otp.status === 'confirmed') return accept();
  return accept({ type: 'OtpConfirmed', data: { ...common, confirmedAt: at } });
};

export const evolve = (otp: Otp, event: OtpEvent): Otp => {
  if (event.type === 'OtpIssued') {
    const { issuedAt, ...data } = event.data;
    return { status: 'issued', ...data, tries: 0, issues: [...otp.issues, issuedAt].slice(-MOST_ISSUES) };
  }
  if (otp.status === 'none' || otp.otpId !== event.data.otpId) return otp;
  switch (event.type) {
    case 'OtpRefused':
      return { ...otp, tries: event.data.tries };
    case 'OtpConfirmed':
      return { ...otp, status: 'confirmed' };
    case 'OtpUsed':
      return { ...otp, status: 'used', issues: otp.issues.slice(0, -1) };
    default:
      return unknownEvent(event, otp);
  }
};

export const otpDecider: Decider<Otp, OtpCommand, OtpEvent, OtpRejection> = {
  initialState: () => ({ status: 'none', issues: [] }),
  decide,
  evolve,
  isAtRest: ({ status }) => status === 'used',
};
