import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../../commands/accounts/account-profile.js';
import type { SessionTokens } from '../../../commands/accounts/open-session.js';
import { accessClaims, ACCESS_TOKEN_SECONDS } from '../../plugins/access-tokens.js';
import type { CompletedRegistration, FoundUser, Session, User } from './schemas.js';

type KnownAccount = Omit<AccountProfile, 'accountId'> & ({ readonly accountId: string } | { readonly id: string });

export const presentUser = (account: KnownAccount): Static<typeof User> => ({
  ...account,
  id: 'id' in account ? account.id : account.accountId,
  isOAuthUser: account.provider !== 'local',
  twoFactorEnabled: account.twoFactor,
  imageProfileUrl: account.imageUrl,
  createdAt: account.registeredAt,
});

export const presentFoundUser = (account: KnownAccount): Static<typeof FoundUser> => {
  const { id, name, email, role, imageProfileUrl } = presentUser(account);
  return { id, name, email, role, imageProfileUrl };
};

const presentAccessToken = (app: FastifyInstance, session: Parameters<typeof accessClaims>[0]) => ({
  accessToken: app.jwt.sign(accessClaims(session)),
  tokenType: 'Bearer' as const,
  expiresIn: ACCESS_TOKEN_SECONDS,
});

export const presentSession = (app: FastifyInstance, tokens: SessionTokens): Static<typeof Session> => {
  const { refreshToken, account } = tokens;
  return { ...presentAccessToken(app, tokens), refreshToken, user: presentUser(account) };
};

type AskingSession = Pick<SessionTokens, 'sessionId' | 'organizationId'>;

/** The token of the session that has asked, with the role that was chosen. */
export const presentCompleted = (app: FastifyInstance, session: AskingSession, account: AccountProfile): Static<typeof CompletedRegistration> => {
  const { accountId, role } = account;
  return { success: true, user: presentUser(account), ...presentAccessToken(app, { ...session, accountId, role }) };
};
