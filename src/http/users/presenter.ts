import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { SessionTokens } from '../../commands/accounts/open-session.js';
import type { AccountDocument } from '../../projections/accounts/queries.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import type { userAddress } from '../../domain/resources/user-address.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import { accessClaims, ACCESS_TOKEN_SECONDS } from '../plugins/access-tokens.js';
import { fileUrl } from '../uploads/picture-store.js';
import { documentedRole } from './roles.js';
import { done, type ListedUser, type LoggedIn, type PublicUser, type User, type UserAddress } from './schemas.js';

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
  avatar: account.avatarFile === null ? account.imageUrl : fileUrl(publicUrl, account.avatarFile),
  createdAt: account.registeredAt,
});

export const presentListedUser = (account: AccountDocument, publicUrl: string): Static<typeof ListedUser> => ({
  ...account,
  ...presentPublicUser(account, publicUrl),
  isVerified: account.emailVerified,
});

export const presentUser = (
  account: AccountDocument,
  addresses: readonly AddressDocument[],
  publicUrl: string,
): Static<typeof User> => ({ ...presentListedUser(account, publicUrl), addresses: addresses.map(presentAddress) });

export const presentSession = (
  app: FastifyInstance,
  tokens: SessionTokens,
  message: string,
): Static<typeof LoggedIn> => ({
  ...done(message),
  token: app.jwt.sign(accessClaims(tokens)),
  expiresIn: ACCESS_TOKEN_SECONDS,
  refreshToken: tokens.refreshToken,
});
