import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { AccountProfile } from '../../../commands/accounts/account-profile.js';
import type { SessionTokens } from '../../../commands/accounts/open-session.js';
import type { AccountDocument } from '../../../projections/accounts/queries.js';
import { accessClaims } from '../../plugins/access-tokens.js';
import { academyRoleOf, typeOf } from '../roles.js';
import type { LoggedIn, SessionUser, User } from './schemas.js';

const presentSessionUser = ({ accountId: id, name, email, role, accountType, studentType }: AccountProfile): Static<typeof SessionUser> => ({
  id,
  name,
  email,
  role: academyRoleOf({ role, studentType }),
  type: typeOf(accountType),
});

export const presentUser = (account: AccountDocument): Static<typeof User> => ({
  id: account.id,
  name: account.name,
  email: account.email,
  role: academyRoleOf(account),
  type: typeOf(account.accountType),
  nim: account.nim,
  createdAt: account.registeredAt,
});

export const presentSession = (app: FastifyInstance, tokens: SessionTokens): LoggedIn => ({
  user: presentSessionUser(tokens.account),
  accessToken: app.jwt.sign(accessClaims(tokens)),
  refreshToken: tokens.refreshToken,
});
