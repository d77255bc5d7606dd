import { projection, rule } from '../kernel/projection.js';
import { access, sessions, type AccessDocument } from './document.js';

const sessionOf = ({ data }: { readonly data: { readonly sessionId: string } }): string => data.sessionId;
const accountOf = ({ data }: { readonly data: { readonly accountId: string } }): string => data.accountId;

/** A change of an account that is there. */
const changed =
  <E>(change: (account: AccessDocument, event: E) => Partial<AccessDocument>) =>
  (account: AccessDocument | undefined, event: E): AccessDocument | undefined =>
    account && { ...account, ...change(account, event) };

/** As a change of credentials leaves it: sessions of before are over, but for one. */
const endingSessions = ({ credentialsVersion }: AccessDocument, keptSessionId: string | null = null) => ({
  credentialsVersion: credentialsVersion + 1,
  keptSessionId,
});

export const sessionsProjection = projection({
  name: 'sessions',
  version: 8,
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
      studentType: data.accountType ?? null,
      credentialsVersion: 0,
      keptSessionId: null,
    })),
    rule(access, 'AccountRoleSelected', accountOf, changed((account, { data }) => ({
      role: data.role,
      studentType: data.studentType ?? account.studentType,
      ...(data.endsSessions === true && endingSessions(account)),
    }))),
    rule(access, 'AccountPasswordChanged', accountOf, changed((account, { data }) =>
      data.reason === 'hash-upgraded' ? {} : endingSessions(account, data.sessionId),
    )),
    rule(access, 'AccountTwoFactorEnabled', accountOf, changed((account, { data }) =>
      data.sessionId === undefined ? {} : endingSessions(account, data.sessionId),
    )),
    rule(access, 'AccountChangeUndone', accountOf, changed((account) => endingSessions(account))),
    // This ends every session of the account.
    rule(access, 'AccountDeleted', accountOf, () => undefined),
  ],
});
