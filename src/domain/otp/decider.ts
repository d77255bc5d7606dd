import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { MailSurface, OtpEvent, OtpPurpose } from './events.js';

export type OtpCommand =
  | Message<'IssueOtp', Recipient & { otpId: string; accountId: string; purpose: OtpPurpose; surface?: MailSurface; at: string }>
  /** matches: the given code is that of `otpId`. `confirm` leaves it good for the step that uses it. */
  | Message<'VerifyOtp', Recipient & { otpId: string; caller?: string; matches: boolean; mode: 'confirm' | 'use'; at: string }>;

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
  readonly surface?: MailSurface;
  readonly emailId: string;
  readonly credentialsVersion?: number;
  readonly expiresAt: string;
  /** Wrong codes of nobody in particular: they count for all. */
  readonly tries: number;
  /** Wrong codes of each caller: who does not know the password can use up the tries of nobody else. */
  readonly triesBy: PersistentMap<number>;
}

export type Otp =
  | Readonly<{ status: 'none' } & Issues>
  | Readonly<{ status: 'issued' | 'confirmed' | 'used' } & OtpFacts>;

const LIFETIME_MS = 10 * 60_000;
/** A link is followed later than a code is typed. */
const LINK_LIFETIME_MS = 15 * 60_000;
const MOST_TRIES = 5;
const MOST_ISSUES = 5;
const ISSUES_WINDOW_MS = 60 * 60_000;

const triesOf = ({ tries, triesBy }: OtpFacts, caller: string | undefined): number =>
  Math.max(tries, caller === undefined ? 0 : (triesBy.get(caller) ?? 0));

const isAlive = (otp: Otp, at: string): boolean =>
  (otp.status === 'issued' || otp.status === 'confirmed') && Date.parse(at) < Date.parse(otp.expiresAt);

/** True while a person who has the mail may still use the code from there. */
export const isOpen = (otp: Otp, at: string, caller?: string): boolean =>
  otp.status !== 'none' && isAlive(otp, at) && triesOf(otp, caller) < MOST_TRIES;

type OtpDecision = Decision<OtpEvent, OtpRejection>;

export const decide = (command: OtpCommand, otp: Otp): OtpDecision =>
  command.type === 'IssueOtp' ? issue(command.data, otp) : verify(command.data, otp);

const issue = ({ at, ...data }: Extract<OtpCommand, { type: 'IssueOtp' }>['data'], otp: Otp): OtpDecision => {
  if (otp.status !== 'none' && otp.otpId === data.otpId) return accept();
  const oldest = otp.issues.length < MOST_ISSUES ? undefined : otp.issues[0];
  const freeAt = oldest === undefined ? 0 : Date.parse(oldest) + ISSUES_WINDOW_MS;
  // Whoever asks for codes in another's name can't end them: past the limit there is one again as soon as the last has run out.
  if (Date.parse(at) < freeAt && otp.status !== 'none' && isAlive(otp, at)) {
    return reject('otp-too-many', { retryAt: new Date(Math.min(freeAt, Date.parse(otp.expiresAt))).toISOString() });
  }
  const lifetimeMs = data.purpose === 'password_reset_link' ? LINK_LIFETIME_MS : LIFETIME_MS;
  const expiresAt = new Date(Date.parse(at) + lifetimeMs).toISOString();
  return accept({ type: 'OtpIssued', data: { ...data, expiresAt, issuedAt: at } });
};

const verify = (
  { otpId, emailId, credentialsVersion, caller, matches, mode, at }: Extract<OtpCommand, { type: 'VerifyOtp' }>['data'],
  otp: Otp,
): OtpDecision => {
  if (otp.status === 'none' || otp.otpId !== otpId || otp.emailId !== emailId) return reject('otp-not-issued');
  if (otp.credentialsVersion !== undefined && otp.credentialsVersion !== credentialsVersion) return reject('otp-not-issued');
  if (otp.status === 'used') return reject('otp-used');
  const tries = triesOf(otp, caller);
  if (tries >= MOST_TRIES) return reject('otp-exhausted');
  if (Date.parse(at) >= Date.parse(otp.expiresAt)) return reject('otp-expired');
  const { accountId, purpose } = otp;
  const common = { otpId, accountId, purpose };
  if (!matches) return accept({ type: 'OtpRefused', data: { ...common, tries: tries + 1, ...(caller !== undefined && { caller }), refusedAt: at } });
  if (mode === 'use') return accept({ type: 'OtpUsed', data: { ...common, usedAt: at } });
  if (otp.status === 'confirmed') return accept();
  return accept({ type: 'OtpConfirmed', data: { ...common, confirmedAt: at } });
};

export const evolve = (otp: Otp, event: OtpEvent): Otp => {
  if (event.type === 'OtpIssued') {
    const { issuedAt, ...data } = event.data;
    return { status: 'issued', ...data, tries: 0, triesBy: emptyMap(), issues: [...otp.issues, issuedAt].slice(-MOST_ISSUES) };
  }
  if (otp.status === 'none' || otp.otpId !== event.data.otpId) return otp;
  switch (event.type) {
    case 'OtpRefused': {
      const { caller, tries } = event.data;
      return caller === undefined ? { ...otp, tries } : { ...otp, triesBy: otp.triesBy.set(caller, tries) };
    }
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
