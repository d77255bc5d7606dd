import { Type } from 'typebox';
import { Email, GivenPassword, NewPassword, Otp, RefreshToken } from '../shared/credential-schemas.js';
import { SignUpRole } from './roles.js';

export const Registration = Type.Object({ email: Email, password: NewPassword, role: SignUpRole });
export const Login = Type.Object({ email: Email, password: GivenPassword });
export const OtpTry = Type.Object({ email: Email, otp: Otp });
export const Refreshing = Type.Object({ refreshToken: RefreshToken });
