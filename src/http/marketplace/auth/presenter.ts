import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../../commands/accounts/account-profile.js';
import type { SessionTokens } from '../../../commands/accounts/open-session.js';
import { accessClaims, ACCESS_TOKEN_SECONDS } from '../../plugins/access-tokens.js';
import type { FoundUser, Session, User } from './schemas.js';

type KnownAccount = Omit<AccountProfile, 'accountId'> & ({ readonly accountId: string } | { readonly id: string });

export const presentUser = (account: KnownAccount): Static<typeof User> => ({
  ...account,
  id: 'id' in account ? account.id : account.accountId,
  isOAuthUser: account.provider !== 'local',
  imageProfileUrl: account.imageUrl,
  createdAt: account.registeredAt,
});

export const presentFoundUser = (account: KnownAccount): Static<typeof FoundUser> => {
  const { id, name, email, role, imageProfileUrl } = presentUser(account);
  return { id, name, email, role, imageProfileUrl };
};

export const presentSession = (app: FastifyInstance, tokens: SessionTokens): Static<typeof Session> => {
  const { refreshToken, account } = tokens;
  return {
    accessToken: app.jwt.sign(accessClaims(tokens)),
    refreshToken,
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    user: presentUser(account),
  };
};
