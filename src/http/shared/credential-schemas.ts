import { Type } from 'typebox';
import { Line, UNCOMMON } from './text-schemas.js';

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const NewPassword = Type.String({ minLength: 6, maxLength: 128, format: UNCOMMON });
/** A password that is only compared may have any length that was ever allowed. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1_000 });
export const OTP_LENGTH = { minLength: 1, maxLength: 20 };
export const Otp = Line(OTP_LENGTH);
export const RefreshToken = Type.String({ minLength: 1, maxLength: 1_000 });
