import { Type } from 'typebox';
import { UserRole } from './roles.js';
import { Email, FullName, GivenPassword, NewPassword, Otp, Phone, Username } from './schemas.js';

const JSON_TEXT = { contentMediaType: 'application/json', maxLength: 2_000 };
const FullNameText = Type.String({ ...JSON_TEXT, description: 'JSON: {"firstName", "lastName", "middleName"?}' });
const PhoneText = Type.String({ ...JSON_TEXT, description: 'JSON: {"countryCode": "+1", "number": "7 to 15 digits"}' });
const Picture = Type.String({ format: 'binary', description: 'PNG, JPEG, WebP or GIF, at most 5 MB' });

/** The form names the picture by its key in the file store. */
export const NewUser = Type.Object({
  email: Email,
  password: NewPassword,
  fullname: FullNameText,
  username: Username,
  role: Type.Optional(UserRole),
  phone: Type.Optional(PhoneText),
  avatar: Type.Optional(Picture),
});

export const NewAvatar = Type.Object({ avatar: Picture });

export const EmailAddress = Type.Object({ email: Email });
export const Activation = Type.Object({ email: Email, otp: Otp });
export const Login = Type.Object({
  email: Email,
  password: GivenPassword,
  otp: Type.Optional(Type.String({ ...Otp, description: 'The code from the mail, where the account has two-factor on' })),
});
export const PasswordReset = Type.Object({ email: Email, otp: Otp, newPassword: NewPassword, confirmPassword: Type.String() });
export const PasswordChange = Type.Object({ oldPassword: GivenPassword, newPassword: NewPassword, confirmPassword: Type.String() });
export const InfoChange = Type.Object({
  email: Type.Optional(Email),
  password: GivenPassword,
  username: Type.Optional(Username),
  phoneNumber: Type.Optional(Phone),
  fullname: Type.Optional(FullName),
});
