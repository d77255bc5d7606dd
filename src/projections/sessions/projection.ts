import { projection, rule } from '../kernel/projection.js';
import { access, sessions, type AccessDocument } from './document.js';

const sessionOf = ({ data }: { readonly data: { readonly sessionId: string } }): string => data.sessionId;
const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

/** A change of an account that is there. */
const changed =
  <E>(change: (account: AccessDocument, event: E) => Partial<AccessDocument>) =>
  (account: AccessDocument | undefined, event: E): AccessDocument | undefined =>
    account && { ...account, ...change(account, event) };

export const sessionsProjection = projection({
  name: 'sessions',
  version: 4,
  collections: [sessions, access],
  rules: [
    rule(sessions, 'SessionOpened', sessionOf, (_, { data }) => {
      const { sessionId, accountId, credentialsVersion, openedAt } = data;
      return { id: sessionId, accountId, credentialsVersion, openedAt, organizationId: null, endedAt: null };
    }),
    rule(sessions, 'SessionContextSwitched', sessionOf, (session, { data }) => session && { ...session, organizationId: data.organizationId }),
    rule(sessions, 'SessionEnded', sessionOf, (session, { data }) =>
      session?.endedAt === null ? { ...session, endedAt: data.endedAt } : session,
    ),
    rule(access, 'AccountRegistered', accountOf, (_, { data }) => ({
      id: data.accountId,
      role: data.role,
      credentialsVersion: 0,
    })),
    rule(access, 'AccountRoleSelected', accountOf, changed((_, { data }) => ({ role: data.role }))),
    rule(access, 'AccountPasswordChanged', accountOf, changed((account, { data }) => ({
      credentialsVersion: account.credentialsVersion + (data.reason === 'hash-upgraded' ? 0 : 1),
    }))),
    rule(access, 'AccountChangeUndone', accountOf, changed((account) => ({ credentialsVersion: account.credentialsVersion + 1 }))),
    // This ends every session of the account.
    rule(access, 'AccountDeleted', accountOf, () => undefined),
  ],
});
