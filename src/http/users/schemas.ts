import { Type, type TSchema } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { MAX_PICTURE_BYTES } from '../uploads/picture-store.js';
import { Email, GivenPassword, NewPassword, Otp, OTP_LENGTH } from '../shared/credential-schemas.js';
import { ShownRole, UserRole } from './roles.js';
import { envelope } from './surface.js';
import { FilledLine, Line } from '../shared/text-schemas.js';

const Username = Type.String({ pattern: '^[A-Za-z0-9_]{3,30}$', maxLength: 30, description: '3 to 30 letters, digits or underscores' });

const NamePart = FilledLine({ maxLength: 100 });

export const FullName = Type.Object({
  firstName: NamePart,
  lastName: NamePart,
  middleName: Type.Optional(Line({ maxLength: 100 })),
});

export const Phone = Type.Object({
  countryCode: Type.String({ pattern: '^\\+?[0-9]{1,4}(-[0-9]{1,4})?$', maxLength: 10, description: 'Such as +1' }),
  number: Type.String({ pattern: '^[0-9]{7,15}$', maxLength: 15, description: '7 to 15 digits' }),
});

export const Address = Type.Object({
  country: Type.Optional(Line({ maxLength: 100 })),
  city: Type.Optional(Line({ maxLength: 100 })),
  address1: Type.Optional(Line({ maxLength: 200 })),
  address2: Type.Optional(Line({ maxLength: 200 })),
  zipCode: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), Line({ maxLength: 20 })], {
      description: 'As text where it begins with a zero or has letters',
    }),
  ),
  addressType: FilledLine({ maxLength: 50 }),
  _id: Type.Optional(Line({ minLength: 1, maxLength: 100 })),
});

export const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

/** A field of a form that holds JSON. The document shows what it holds. */
const JsonText = (contentSchema: TSchema) => Type.String({ contentMediaType: 'application/json', contentSchema, maxLength: 2_000 });
const Picture = Type.String({ format: 'binary', minLength: 1, maxLength: MAX_PICTURE_BYTES, description: 'PNG, JPEG, WebP or GIF, at most 5 MB' });

/** The form names the picture by its key in the file store. */
export const NewUser = Type.Object({
  email: Email,
  password: NewPassword,
  fullname: JsonText(FullName),
  username: Username,
  role: Type.Optional(UserRole),
  phone: Type.Optional(JsonText(Phone)),
  avatar: Type.Optional(Picture),
});

export const NewAvatar = Type.Object({ avatar: Picture });

export const EmailAddress = Type.Object({ email: Email });
export const Activation = Type.Object({ email: Email, otp: Otp });
export const Login = Type.Object({
  email: Email,
  password: GivenPassword,
  otp: Type.Optional(Line({ ...OTP_LENGTH, description: 'The code from the mail, where the account has two-factor on' })),
});
export const PasswordReset = Type.Object({ email: Email, otp: Otp, newPassword: NewPassword, confirmPassword: GivenPassword });
export const PasswordChange = Type.Object({ oldPassword: GivenPassword, newPassword: NewPassword, confirmPassword: GivenPassword });
export const InfoChange = Type.Object({
  email: Type.Optional(Email),
  password: GivenPassword,
  username: Type.Optional(Username),
  phoneNumber: Type.Optional(Phone),
  fullname: Type.Optional(FullName),
});

const PublicFields = {
  _id: Type.String(),
  username: Nullable(Type.String()),
  fullname: Type.Object({ firstName: Type.String(), lastName: Type.String(), middleName: Type.Optional(Type.String()) }),
  role: ShownRole,
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

/** The schema of `{success, message}` and what else the route answers beside; `succeed` and `done` make the answer. */
export const { schema: success, answer: succeed, done } = envelope;

export const Done = success({});

export const LoggedIn = success({
  token: Type.String({ description: 'For the header Authorization: Bearer <token>' }),
  expiresIn: Type.Integer({ description: 'Seconds' }),
  refreshToken: Type.String({ description: 'For a new token, at POST /auth/refresh' }),
});
