import { Type, type TSchema } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { ShownRole } from './roles.js';

const envelope = <const Status extends number>(statusCode: Status) => ({ success: Type.Literal(true), statusCode: Type.Literal(statusCode) });

/** `{success, statusCode, message}` */
export const Done = <const Status extends number, const Message extends string>(statusCode: Status, message: Message) =>
  Type.Object({ ...envelope(statusCode), message: Type.Literal(message) });

/** `{success, statusCode, message, data}` */
export const DoneWith = <const Message extends string, Data extends TSchema>(message: Message, data: Data) =>
  Type.Object({ ...envelope(200), message: Type.Literal(message), data });

export const done = <const Status extends number, const Message extends string>(statusCode: Status, message: Message) =>
  ({ success: true, statusCode, message }) as const;
export const succeed = <const Message extends string, Data>(message: Message, data: Data) => ({ ...done(200, message), data });

export const User = Type.Object({
  Id: Type.String(),
  email: Type.String(),
  role: Nullable(ShownRole),
});

const token = Type.String({ description: 'For the header Authorization: Bearer <token>' });
const refreshToken = Type.String({ description: 'The next refresh token: the one before is used up' });

export const LoggedIn = DoneWith('Login successful', Type.Object({ user: User, token, refreshToken }));

export const OtpMailed = DoneWith(
  "OTP sent to the user's email",
  Type.Object(
    { user: Type.Optional(User), otpRequired: Type.Literal(true) },
    { description: 'No token yet: POST /api/auth/verify-otp with the code from the mail gives it' },
  ),
);

export const OtpVerified = DoneWith('OTP verified successfully', Type.Object({ token, refreshToken }));
export const Refreshed = DoneWith('Access token refreshed', Type.Object({ token, refreshToken }));
export const Profile = Type.Object({ ...envelope(200), data: User });
