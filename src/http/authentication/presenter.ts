import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../commands/accounts/account-profile.js';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import { accessClaims } from '../plugins/access-tokens.js';
import type { User } from './answers.js';
import { shownRole } from './roles.js';

type KnownAccount = Pick<AccountProfile, 'email' | 'role'> & ({ readonly accountId: string } | { readonly id: string });

export const presentUser = (account: KnownAccount): Static<typeof User> => ({
  Id: 'id' in account ? account.id : account.accountId,
  email: account.email,
  role: account.role === null ? null : shownRole(account.role),
});

export const presentTokens = (app: FastifyInstance, tokens: SessionTokens) => ({
  token: app.jwt.sign(accessClaims(tokens)),
  refreshToken: tokens.refreshToken,
});
