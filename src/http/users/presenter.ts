import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import type { AccountDocument } from '../../projections/accounts/queries.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import type { userAddress } from '../../domain/resources/user-address.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import { ACCESS_TOKEN_SECONDS } from '../plugins/access-tokens.js';
import type { ListedUser, LoggedIn, PublicUser, User, UserAddress } from './answers.js';
import { avatarUrl } from '../uploads/avatar-store.js';
import { documentedRole } from './roles.js';

const PLAIN_NUMBER = /^(0|[1-9][0-9]{0,14})$/;

type AddressDocument = RecordDocument<FieldsOf<typeof userAddress>>;

/** A number, as documented, unless that loses a digit. */
const presentZipCode = (zipCode: string): number | string => (PLAIN_NUMBER.test(zipCode) ? Number(zipCode) : zipCode);

const presentAddress = ({ id: _id, fields }: AddressDocument): Static<typeof UserAddress> => {
  const { country, city, address1, address2, zipCode, addressType } = fields;
  return {
    _id,
    ...(country === null ? {} : { country }),
    ...(city === null ? {} : { city }),
    ...(address1 === null ? {} : { address1 }),
    ...(address2 === null ? {} : { address2 }),
    ...(zipCode === null ? {} : { zipCode: presentZipCode(zipCode) }),
    addressType,
  };
};

export const presentPublicUser = (account: AccountDocument, publicUrl: string): Static<typeof PublicUser> => ({
  _id: account.id,
  username: account.username,
  fullname: account.fullName,
  role: documentedRole(account.role),
  avatar: account.avatarFile === null ? account.imageUrl : avatarUrl(publicUrl, account.avatarFile),
  createdAt: account.registeredAt,
});

export const presentListedUser = (account: AccountDocument, publicUrl: string): Static<typeof ListedUser> => ({
  ...presentPublicUser(account, publicUrl),
  email: account.email,
  phone: account.phone,
  isVerified: account.emailVerified,
  updatedAt: account.updatedAt,
});

export const presentUser = (
  account: AccountDocument,
  addresses: readonly AddressDocument[],
  publicUrl: string,
): Static<typeof User> => ({ ...presentListedUser(account, publicUrl), addresses: addresses.map(presentAddress) });

export const presentSession = (
  app: FastifyInstance,
  { accountId, sessionId, role, refreshToken }: SessionTokens,
  message: string,
): Static<typeof LoggedIn> => ({
  success: true,
  message,
  token: app.jwt.sign({ sub: accountId, sid: sessionId, role }),
  expiresIn: ACCESS_TOKEN_SECONDS,
  refreshToken,
});
