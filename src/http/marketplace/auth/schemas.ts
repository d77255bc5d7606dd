import { Type } from 'typebox';
import { Role } from '../../../domain/account/events.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { RequestableOtpPurpose } from '../../../domain/otp/events.js';
import { successEnvelope } from '../../shared/success-envelope.js';
import { Email, GivenPassword, NewPassword, Otp, OTP_LENGTH } from '../../shared/credential-schemas.js';
import { FilledLine, Line, WebUrl } from '../../shared/text-schemas.js';

export const Name = FilledLine({ maxLength: 200 });
export const ImageUrl = WebUrl({ maxLength: 2_000 });
const Provider = Type.Enum(['local', 'google']);

export const Registration = Type.Object({
  name: Name,
  email: Email,
  password: Type.Optional(NewPassword),
  role: Type.Optional(Role),
  isOAuthUser: Type.Optional(Type.Boolean()),
  provider: Type.Optional(Provider),
  imageProfileUrl: Type.Optional(ImageUrl),
});

export const Login = Type.Object({
  email: Email,
  password: GivenPassword,
  otp: Type.Optional(Line({ ...OTP_LENGTH, description: 'The code from the mail, where the account has two-factor on' })),
});
export const EmailVerification = Type.Object({ email: Email, otp: Otp });
export const ForgottenPassword = Type.Object({ email: Email });
export const PasswordReset = Type.Object({ email: Email, otp: Otp, newPassword: NewPassword });
export const Refreshing = Type.Object({ refreshToken: Type.Optional(Type.String({ maxLength: 1_000 })) });
export const RoleSelection = Type.Object({ role: Role });
export const ProfileChange = Type.Object({
  name: Type.Optional(Name),
  email: Type.Optional(Email),
  imageProfileUrl: Type.Optional(ImageUrl),
});
export const PasswordChange = Type.Object({ currentPassword: GivenPassword, newPassword: NewPassword });
export const TwoFactorConfirmation = Type.Object({ otp: Otp });
export const TwoFactorProof = Type.Object({ password: Type.Optional(GivenPassword), otp: Type.Optional(Otp) });
export const OtpRequest = Type.Object({ email: Email, purpose: RequestableOtpPurpose });
export const OtpTry = Type.Object({ email: Email, code: Otp, purpose: RequestableOtpPurpose });

export const User = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Nullable(Role),
  emailVerified: Type.Boolean(),
  isOAuthUser: Type.Boolean(),
  provider: Provider,
  twoFactorEnabled: Type.Boolean(),
  imageProfileUrl: Nullable(Type.String()),
  createdAt: Type.String(),
});

export const FoundUser = Type.Pick(User, ['id', 'name', 'email', 'role', 'imageProfileUrl']);

/** Whether an address has an account, and nothing that says whose. */
export const AddressCheck = Type.Object({ exists: Type.Boolean(), isOAuthUser: Type.Boolean() });

const AccessToken = Type.Object({
  accessToken: Type.String(),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds' }),
});

export const Session = Type.Object({ ...AccessToken.properties, refreshToken: Type.String(), user: User });

export const CompletedRegistration = Type.Object({ success: Type.Literal(true), user: User, ...AccessToken.properties });

/** `{success: true, message}`, where there is nothing else to answer. */
const envelope = successEnvelope({ success: true });
export const Success = envelope.schema({});
export const VerifiedOtp = envelope.schema({ verified: Type.Literal(true), ...Type.Partial(Session).properties });
export const { answer: succeed, done } = envelope;
