import { Type, type TSchema } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { UserRole } from './roles.js';
import { Address, FullName } from './schemas.js';

const PublicFields = {
  _id: Type.String(),
  username: Nullable(Type.String()),
  fullname: Type.Object(Type.Partial(FullName).properties),
  role: UserRole,
  avatar: Nullable(Type.String({ description: 'Where the picture is' })),
  createdAt: Type.String(),
};

export const PublicUser = Type.Object(PublicFields);

const PrivateFields = {
  ...PublicFields,
  email: Type.String(),
  phone: Nullable(Type.Object({ countryCode: Type.String(), number: Type.String() })),
  isVerified: Type.Boolean(),
  updatedAt: Type.String(),
};

export const ListedUser = Type.Object(PrivateFields);

export const UserAddress = Type.Object({
  ...Type.Omit(Address, ['_id']).properties,
  _id: Type.String(),
});

export const User = Type.Object({ ...PrivateFields, addresses: Type.Array(UserAddress) });

export const success = <Beside extends Record<string, TSchema>>(beside: Beside) =>
  Type.Object({ success: Type.Literal(true), message: Type.String(), ...beside });

export const Done = success({});

export const LoggedIn = success({
  token: Type.String({ description: 'For the header Authorization: Bearer <token>' }),
  expiresIn: Type.Integer({ description: 'Seconds' }),
  refreshToken: Type.String({ description: 'For a new token, at POST /auth/refresh' }),
});
