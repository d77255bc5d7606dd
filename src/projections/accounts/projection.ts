import { normaliseEmail } from '../../domain/account/email.js';
import { partsOfName } from '../../domain/account/full-name.js';
import { projection, rule } from '../kernel/projection.js';
import { accounts, type AccountDocument } from './document.js';

const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

/** A change of an account that is there. */
const changed =
  <E>(change: (event: E) => Partial<AccountDocument>) =>
  (account: AccountDocument | undefined, event: E): AccountDocument | undefined =>
    account && { ...account, ...change(event) };

export const accountsProjection = projection({
  name: 'accounts',
  version: 7,
  collections: [accounts],
  rules: [
    rule(accounts, 'AccountRegistered', accountOf, (_, { data }) => {
      const { accountId, name, email, role, imageUrl, provider, passwordHash, registeredAt } = data;
      const { fullName = partsOfName(name), username = null, phone = null, avatarFile = null, surface, accountType = null, nim = null } = data;
      return {
        id: accountId,
        name,
        fullName,
        username,
        phone,
        email,
        emailKey: normaliseEmail(email),
        emailVerified: false,
        activated: false,
        usedUnverified: surface !== undefined,
        unactivatedPictureSince: avatarFile === null || surface !== undefined ? null : registeredAt,
        role,
        accountType,
        studentType: accountType,
        nim,
        imageUrl,
        avatarFile,
        provider,
        hasPassword: passwordHash !== null,
        twoFactor: false,
        registeredAt,
        updatedAt: registeredAt,
      };
    }),
    rule(accounts, 'AccountRoleSelected', accountOf, (account, { data }) =>
      account && { ...account, role: data.role, studentType: data.studentType ?? account.studentType, updatedAt: data.selectedAt },
    ),
    rule(accounts, 'AccountEmailVerified', accountOf, (account, { data }) => {
      if (account === undefined) return undefined;
      const activated = { ...account, activated: true, unactivatedPictureSince: null };
      return account.emailKey === normaliseEmail(data.email) ? { ...activated, emailVerified: true, updatedAt: data.verifiedAt } : activated;
    }),
    rule(accounts, 'AccountEmailChanged', accountOf, changed(({ data }) => ({
      email: data.email,
      emailKey: normaliseEmail(data.email),
      emailVerified: false,
      updatedAt: data.changedAt,
    }))),
    rule(accounts, 'AccountProfileChanged', accountOf, changed(({ data }) => {
      const { accountId: _id, changedAt, ...changes } = data;
      const renamed = data.name === undefined ? {} : { fullName: data.fullName ?? partsOfName(data.name) };
      return { ...changes, ...renamed, updatedAt: changedAt };
    })),
    rule(accounts, 'AccountUsernameChanged', accountOf, changed(({ data }) => ({
      username: data.username,
      updatedAt: data.changedAt,
    }))),
    rule(accounts, 'AccountPhoneChanged', accountOf, changed(({ data }) => ({ phone: data.phone, updatedAt: data.changedAt }))),
    rule(accounts, 'AccountAvatarChanged', accountOf, (account, { data: { avatarFile, imageUrl, changedAt } }) =>
      account && {
        ...account,
        avatarFile,
        imageUrl,
        unactivatedPictureSince: account.activated || account.usedUnverified ? null : changedAt,
        updatedAt: changedAt,
      },
    ),
    rule(accounts, 'AccountAvatarRemoved', accountOf, changed(({ data }) => ({
      avatarFile: null,
      imageUrl: null,
      unactivatedPictureSince: null,
      updatedAt: data.removedAt,
    }))),
    rule(accounts, 'AccountTwoFactorEnabled', accountOf, changed(({ data }) => ({ twoFactor: true, updatedAt: data.enabledAt }))),
    rule(accounts, 'AccountTwoFactorDisabled', accountOf, changed(({ data }) => ({ twoFactor: false, updatedAt: data.disabledAt }))),
    rule(accounts, 'AccountPasswordChanged', accountOf, changed(({ data }) =>
      data.reason === 'hash-upgraded' ? {} : { hasPassword: true, updatedAt: data.changedAt },
    )),
    rule(accounts, 'AccountChangeUndone', accountOf, changed(({ data }) => ({
      email: data.email,
      emailKey: normaliseEmail(data.email),
      emailVerified: true,
      hasPassword: false,
      ...(data.twoFactor === undefined ? {} : { twoFactor: data.twoFactor }),
      updatedAt: data.undoneAt,
    }))),
    rule(accounts, 'AccountDeleted', accountOf, () => undefined),
  ],
});
