import { normaliseEmail } from './email.js';

/** A change that whoever reads the mails of this address may undo until then. */
export interface UndoableChange {
  readonly changeId: string;
  readonly address: string;
  readonly until: string;
  /** True: it turned two-factor off, and its undoing turns it on. */
  readonly disabledTwoFactor?: boolean;
}

/** The addresses of an account. Until a new one is verified, the one before is still good for what it was good for. */
export interface Addresses {
  /** Shown in the profile. */
  readonly email: string;
  readonly emailVerified: boolean;
  /** Together with the password it logs in. */
  readonly loginEmail: string;
  /** The last one that was given together with the password. */
  readonly trustedEmail: string;
  /** Codes and notices go there: the last one that was verified; before any was, the one that the account was made with. */
  readonly recoveryEmail: string;
  /** The address with which the account was activated; null: none was ever verified. */
  readonly activatedEmail: string | null;
  /** Oldest first. To undo one undoes those after it. */
  readonly undoable: readonly UndoableChange[];
}

const UNDO_MS = 7 * 24 * 60 * 60_000;
/** Whoever has the account can't push its owner's way back out of the list with changes of their own. */
const MOST_UNDOABLE = 20;

export const isSameEmail = (one: string, other: string): boolean => normaliseEmail(one) === normaliseEmail(other);

export const firstAddresses = (email: string): Addresses => ({
  email,
  emailVerified: false,
  loginEmail: email,
  trustedEmail: email,
  recoveryEmail: email,
  activatedEmail: null,
  undoable: [],
});

/** The change by which somebody else could have taken the account; undefined where nobody was told of it. */
interface NoticedChange {
  readonly changeId?: string | undefined;
  readonly at: string;
  readonly disabledTwoFactor?: boolean;
}

const withUndo = ({ undoable, recoveryEmail }: Addresses, { changeId, at, disabledTwoFactor = false }: NoticedChange): readonly UndoableChange[] => {
  const standing = undoable.filter(({ until }) => until > at);
  if (changeId === undefined || standing.length >= MOST_UNDOABLE) return standing;
  const until = new Date(Date.parse(at) + UNDO_MS).toISOString();
  return [...standing, { changeId, address: recoveryEmail, until, ...(disabledTwoFactor && { disabledTwoFactor }) }];
};

/**
 * proof: how the person who changed it had shown to be the owner. Absent in old events, by which the account left the address
 * before at once.
 */
export const afterChange = (
  addresses: Addresses,
  { email, proof, ...change }: NoticedChange & { email: string; proof?: 'password' | 'session' | undefined },
): Addresses => {
  const { loginEmail, trustedEmail, recoveryEmail, activatedEmail } = addresses;
  const keepsRecovery = proof === 'session' || (proof === 'password' && activatedEmail !== null);
  return {
    email,
    emailVerified: false,
    loginEmail: proof === 'session' ? loginEmail : email,
    trustedEmail: proof === 'session' ? trustedEmail : email,
    recoveryEmail: keepsRecovery ? recoveryEmail : email,
    activatedEmail,
    undoable: withUndo(addresses, change),
  };
};

export const afterVerification = (addresses: Addresses, { email, ...change }: NoticedChange & { email: string }): Addresses => {
  const activatedEmail = addresses.activatedEmail ?? email;
  if (!isSameEmail(email, addresses.email)) return { ...addresses, activatedEmail };
  const { email: shown } = addresses;
  const undoable = withUndo(addresses, change);
  return { ...addresses, emailVerified: true, loginEmail: shown, recoveryEmail: shown, activatedEmail, undoable };
};

/** After a change of how the account is logged in to, which leaves its addresses alone. */
export const afterSignInChange = (addresses: Addresses, change: NoticedChange): Pick<Addresses, 'undoable'> => ({ undoable: withUndo(addresses, change) });

export const afterUndo = ({ activatedEmail, undoable }: Addresses, { changeId, email }: { changeId: string; email: string }): Addresses => ({
  email,
  emailVerified: true,
  loginEmail: email,
  trustedEmail: email,
  recoveryEmail: email,
  activatedEmail: activatedEmail ?? email,
  undoable: undoable.slice(0, undoable.findIndex((each) => each.changeId === changeId)),
});

export const undoableChange = ({ undoable }: Addresses, changeId: string, at: string): UndoableChange | undefined =>
  undoable.find((each) => each.changeId === changeId && at < each.until);

/** Undo is offered only to an address that was verified: another may be a stranger's. */
export const noticed = ({ activatedEmail }: Addresses, changeId: string | undefined): { readonly changeId?: string } =>
  activatedEmail === null || changeId === undefined ? {} : { changeId };

/** True where the change or one after it turned two-factor off. */
export const undoEnablesTwoFactor = ({ undoable }: Addresses, changeId: string): boolean =>
  undoable.slice(undoable.findIndex((each) => each.changeId === changeId)).some(({ disabledTwoFactor }) => disabledTwoFactor === true);

/** Nobody else may have an address that the account is shown, logs in or can be taken back with. */
export const keepsEmail = ({ email, loginEmail, recoveryEmail, undoable }: Addresses, comparable: string, at: string): boolean =>
  [email, loginEmail, recoveryEmail].some((each) => normaliseEmail(each) === comparable) ||
  undoable.some(({ address, until }) => at < until && normaliseEmail(address) === comparable);
