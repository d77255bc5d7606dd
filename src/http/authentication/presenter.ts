import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../commands/accounts/account-profile.js';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import type { User } from './answers.js';
import { shownRole } from './roles.js';

type KnownAccount = Pick<AccountProfile, 'email' | 'role'> & ({ readonly accountId: string } | { readonly id: string });

export const presentUser = (account: KnownAccount): Static<typeof User> => ({
  Id: 'id' in account ? account.id : account.accountId,
  email: account.email,
  role: account.role === null ? null : shownRole(account.role),
});

export const presentTokens = (app: FastifyInstance, { accountId, sessionId, role, refreshToken }: SessionTokens) => ({
  token: app.jwt.sign({ sub: accountId, sid: sessionId, role }),
  refreshToken,
});
