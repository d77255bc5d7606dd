import { normaliseEmail } from '../../domain/account/email.js';
import { rule, type DomainRecord, type ProjectionDefinition } from '../projection.js';
import { accounts, type AccountDocument } from './document.js';

const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

/** A change of an account that is there, counted once however often its event comes. */
const changed =
  <E extends Pick<DomainRecord, 'revision'>>(change: (event: E) => Partial<AccountDocument>) =>
  (account: AccountDocument | undefined, event: E): AccountDocument | undefined =>
    account === undefined || event.revision <= account.revision
      ? account
      : { ...account, ...change(event), revision: event.revision };

export const accountsProjection: ProjectionDefinition = {
  name: 'accounts',
  version: 1,
  collections: [accounts],
  rules: [
    rule(accounts, 'AccountRegistered', accountOf, (known, { data, revision }) => {
      if (known !== undefined) return known;
      const { accountId, name, email, role, imageUrl, provider, passwordHash, registeredAt } = data;
      return {
        id: accountId,
        name,
        email,
        emailKey: normaliseEmail(email),
        emailVerified: false,
        role,
        imageUrl,
        provider,
        hasPassword: passwordHash !== null,
        registeredAt,
        updatedAt: registeredAt,
        revision,
      };
    }),
    rule(accounts, 'AccountRoleSelected', accountOf, changed(({ data }) => ({ role: data.role, updatedAt: data.selectedAt }))),
    rule(accounts, 'AccountEmailVerified', accountOf, changed(({ data }) => ({
      emailVerified: true,
      updatedAt: data.verifiedAt,
    }))),
    rule(accounts, 'AccountEmailChanged', accountOf, changed(({ data }) => ({
      email: data.email,
      emailKey: normaliseEmail(data.email),
      emailVerified: false,
      updatedAt: data.changedAt,
    }))),
    rule(accounts, 'AccountProfileChanged', accountOf, changed(({ data }) => {
      const { accountId: _id, changedAt, ...changes } = data;
      return { ...changes, updatedAt: changedAt };
    })),
    rule(accounts, 'AccountPasswordChanged', accountOf, changed(({ data }) =>
      data.reason === 'hash-upgraded' ? {} : { hasPassword: true, updatedAt: data.changedAt },
    )),
  ],
};
