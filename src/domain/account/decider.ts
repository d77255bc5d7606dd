import { accept, reject, type Decider, type Decision } from '../kernel/decider.js';
import { isSameEmail, keepsEmail, noticed, undoableChange, undoEnablesTwoFactor } from './addresses.js';
import type { AccountCommand, AccountRejection } from './commands.js';
import { emailChanged } from './email-changed.js';
import type { AccountEvent } from './events.js';
import { hasSameParts } from './full-name.js';
import { comparable, type ChangeableKind, type IdentifierKind, type Identifiers } from './identifiers.js';
import { changePassword, resetPassword, upgradePasswordHash } from './passwords.js';
import { evolve, initialState, type Account, type RegisteredAccount } from './state.js';
import { disableTwoFactor, enableTwoFactor, linkExternalIdentity } from './ways-to-log-in.js';

export type { AccountCommand, AccountRejection } from './commands.js';
export { evolve, outlives, type Account, type RegisteredAccount } from './state.js';

type AccountDecision = Decision<AccountEvent, AccountRejection>;
type Data<Type extends AccountCommand['type']> = Extract<AccountCommand, { type: Type }>['data'];

export const decide = (command: AccountCommand, account: Account): AccountDecision => {
  if (command.type === 'CancelIdentifierHold') return cancelHoldOnAccount(command.data, account);
  if (command.type === 'RegisterAccount') return register(command.data, account);
  if (account.status !== 'registered') return reject('account-not-found');
  const { accountId, at } = command.data;
  switch (command.type) {
    case 'SelectAccountRole':
      return selectRole(command.data, account);
    case 'ChangeAccountRole':
      return changeRole(command.data, account);
    case 'VerifyAccountEmail':
      return verifyEmail(command.data, account);
    case 'ChangeAccountIdentifiers':
      return changeIdentifiers(command.data, account);
    case 'ChangeAccountProfile':
      return changeProfile(command.data, account);
    case 'ChangeAccountAvatar': {
      const { avatarFile, imageUrl } = command.data;
      if (avatarFile === account.avatarFile) return accept();
      const data = { accountId, avatarFile, replacedFile: account.avatarFile, imageUrl, changedAt: at };
      return accept({ type: 'AccountAvatarChanged', data });
    }
    case 'RemoveUnactivatedAvatar': {
      const { avatarFile } = command.data;
      const isInUse = account.activatedEmail !== null || account.surface !== undefined;
      if (isInUse || account.avatarFile !== avatarFile) return accept();
      return accept({ type: 'AccountAvatarRemoved', data: { accountId, removedFile: avatarFile, removedAt: at } });
    }
    case 'EnableTwoFactor':
      return enableTwoFactor(command.data, account);
    case 'DisableTwoFactor':
      return disableTwoFactor(command.data, account);
    case 'LinkExternalIdentity':
      return linkExternalIdentity(command.data, account);
    case 'ChangeAccountPassword':
      return changePassword(command.data, account);
    case 'ResetAccountPassword':
      return resetPassword(command.data, account);
    case 'UpgradePasswordHash':
      return upgradePasswordHash(command.data, account);
    case 'UndoAccountChange': {
      const { changeId } = command.data;
      const change = undoableChange(account, changeId, at);
      if (change === undefined) return reject('undo-not-possible');
      const restored = undoEnablesTwoFactor(account, changeId) ? { twoFactor: true } : {};
      return accept({ type: 'AccountChangeUndone', data: { accountId, changeId, email: change.address, ...restored, undoneAt: at } });
    }
    case 'DeleteAccount':
      if ((command.data.roleVersion ?? account.roleVersion) !== account.roleVersion) return reject('role-changed');
      return accept({ type: 'AccountDeleted', data: { accountId, avatarFile: account.avatarFile, deletedAt: at } });
  }
};

const register = (
  { holdId, otherHolds = {}, twoFactor = false, identity, at, ...data }: Data<'RegisterAccount'>,
  account: Account,
): AccountDecision => {
  if (account.status !== 'unregistered') return reject('account-exists');
  const holds = Object.entries({ email: holdId, ...otherHolds });
  const cancelledHolds = holds.find(([, each]) => account.cancelledHolds.has(each));
  if (cancelledHolds !== undefined) return reject('identifier-hold-cancelled', { kind: cancelledHolds[0] });
  const { accountId, email } = data;
  const events: AccountEvent[] = [{ type: 'AccountRegistered', data: { ...data, registeredAt: at } }];
  if (twoFactor) events.push({ type: 'AccountTwoFactorEnabled', data: { accountId, enabledAt: at } });
  if (identity !== undefined) {
    events.push({ type: 'ExternalIdentityLinked', data: { accountId, identity, linkedAt: at } });
    events.push({ type: 'AccountEmailVerified', data: { accountId, email, verifiedAt: at } });
  }
  return accept(...events);
};

const cancelHoldOnAccount = ({ accountId, kind, value, holdId, at }: Data<'CancelIdentifierHold'>, account: Account): AccountDecision => {
  if (account.status === 'registered' && keepsIdentifier(account, kind, value, at)) return reject('identifier-in-use', { kind });
  if (account.cancelledHolds.has(holdId)) return accept();
  return accept({ type: 'IdentifierHoldCancelled', data: { accountId, kind, holdId, cancelledAt: at } });
};

export const keepsIdentifier = (account: RegisteredAccount, kind: IdentifierKind, value: string, at: string): boolean =>
  kind === 'email' ? keepsEmail(account, value, at) : comparable(kind, account) === value;

const verifyEmail = ({ accountId, email, changeId, at }: Data<'VerifyAccountEmail'>, account: RegisteredAccount): AccountDecision => {
  const verified = (address: string, notice: { changeId?: string }): AccountDecision =>
    accept({ type: 'AccountEmailVerified', data: { accountId, email: address, ...notice, verifiedAt: at } });
  if (isSameEmail(email, account.email)) {
    if (account.emailVerified) return accept();
    return verified(account.email, isSameEmail(account.email, account.recoveryEmail) ? {} : noticed(account, changeId));
  }
  if (!isSameEmail(email, account.recoveryEmail)) return reject('email-changed');
  return account.activatedEmail === null ? verified(account.recoveryEmail, {}) : accept();
};

const KINDS: readonly ChangeableKind[] = ['email', 'username', 'phone'];

const changeIdentifiers = (
  { accountId, email, username, phone, proof, changeId, at }: Data<'ChangeAccountIdentifiers'>,
  account: RegisteredAccount,
): AccountDecision => {
  const taken = { email, username, phone };
  const wanted: Partial<Identifiers> = {
    ...(email && { email: email.value }),
    ...(username && { username: username.value }),
    ...(phone && { phone: phone.value }),
  };
  const isNew = (kind: ChangeableKind): boolean => wanted[kind] !== undefined && comparable(kind, wanted) !== comparable(kind, account);
  const isHeld = (holdId: string | null | undefined): boolean => typeof holdId === 'string' && !account.cancelledHolds.has(holdId);
  const lost = KINDS.find((kind) => isNew(kind) && !isHeld(taken[kind]?.holdId));
  if (lost !== undefined) return reject('identifier-hold-cancelled', { kind: lost });
  const events: AccountEvent[] = [];
  const common = { accountId, changedAt: at };
  if (email && isNew('email')) {
    events.push(...emailChanged({ accountId, email: email.value, proof, changeId, at }, account));
  }
  if (username && username.value !== account.username) {
    events.push({ type: 'AccountUsernameChanged', data: { ...common, username: username.value, previousUsername: account.username } });
  }
  if (phone && isNew('phone')) {
    events.push({ type: 'AccountPhoneChanged', data: { ...common, phone: phone.value, previousPhone: account.phone } });
  }
  return accept(...events);
};

const selectRole = (
  { accountId, role, adminAllowed = false, at }: Data<'SelectAccountRole'>,
  account: RegisteredAccount,
): AccountDecision => {
  if (account.role !== null) return reject('role-already-chosen', { role: account.role });
  if (role === 'auditor' || (role === 'admin' && !adminAllowed)) return reject('role-not-allowed');
  return accept({ type: 'AccountRoleSelected', data: { accountId, role, selectedAt: at } });
};

const changeRole = (
  { accountId, role, roleVersion, studentType, isAgain = false, asksForSecondFactor = false, at }: Data<'ChangeAccountRole'>,
  account: RegisteredAccount,
): AccountDecision => {
  if (roleVersion !== account.roleVersion) return reject('role-changed');
  const isSameType = studentType === undefined || studentType === (account.studentType ?? account.accountType);
  if (role === account.role && isSameType && !isAgain) return accept();
  const type = studentType === undefined ? {} : { studentType };
  const end = asksForSecondFactor && role !== account.role ? ({ endsSessions: true } as const) : {};
  return accept({ type: 'AccountRoleSelected', data: { accountId, role, ...type, ...end, selectedAt: at } });
};

const changeProfile = (
  { accountId, name, fullName, imageUrl, at }: Data<'ChangeAccountProfile'>,
  account: RegisteredAccount,
): AccountDecision => {
  const changes = {
    ...(name === undefined || name === account.name ? {} : { name }),
    ...(fullName === undefined || hasSameParts(fullName, account.fullName) ? {} : { fullName }),
    ...(imageUrl === undefined || imageUrl === account.imageUrl ? {} : { imageUrl }),
  };
  if (Object.keys(changes).length === 0) return accept();
  return accept({ type: 'AccountProfileChanged', data: { accountId, ...changes, changedAt: at } });
};

export const accountDecider: Decider<Account, AccountCommand, AccountEvent, AccountRejection> = { initialState, decide, evolve };
