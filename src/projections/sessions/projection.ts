import { projection, rule, type DomainRecord } from '../kernel/projection.js';
import { access, sessions, type AccessDocument } from './document.js';

const sessionOf = ({ data }: { readonly data: { readonly sessionId: string } }): string => data.sessionId;
const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

/** A change of an account that is there, counted once however often its event comes. */
const changed =
  <E extends Pick<DomainRecord, 'revision'>>(change: (account: AccessDocument, event: E) => Partial<AccessDocument>) =>
  (account: AccessDocument | undefined, event: E): AccessDocument | undefined =>
    account === undefined || event.revision <= account.revision
      ? account
      : { ...account, ...change(account, event), revision: event.revision };

export const sessionsProjection = projection({
  name: 'sessions',
  version: 2,
  collections: [sessions, access],
  rules: [
    rule(sessions, 'SessionOpened', sessionOf, (known, { data }) => {
      const { sessionId, accountId, credentialsVersion, openedAt } = data;
      return known ?? { id: sessionId, accountId, credentialsVersion, openedAt, endedAt: null };
    }),
    rule(sessions, 'SessionEnded', sessionOf, (session, { data }) =>
      session?.endedAt === null ? { ...session, endedAt: data.endedAt } : session,
    ),
    rule(access, 'AccountRegistered', accountOf, (known, { data, revision }) =>
      known ?? { id: data.accountId, role: data.role, credentialsVersion: 0, revision },
    ),
    rule(access, 'AccountRoleSelected', accountOf, changed((_, { data }) => ({ role: data.role }))),
    rule(access, 'AccountPasswordChanged', accountOf, changed((account, { data }) => ({
      credentialsVersion: account.credentialsVersion + (data.reason === 'hash-upgraded' ? 0 : 1),
    }))),
    // This ends every session of the account.
    rule(access, 'AccountDeleted', accountOf, () => undefined),
  ],
});
