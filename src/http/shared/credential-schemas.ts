import { Type } from 'typebox';
import { Line } from './text-schemas.js';

export const Email = Type.String({ format: 'email', maxLength: 254 });
/** The format that the commonest passwords do not have. */
export const UNCOMMON = 'uncommon-password';
export const NewPassword = Type.String({ minLength: 6, maxLength: 128, format: UNCOMMON });
/** A password that is only compared may have any length that was ever allowed. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1_000 });
export const OTP_LENGTH = { minLength: 1, maxLength: 20 };
export const Otp = Line(OTP_LENGTH);
export const RefreshToken = Type.String({ minLength: 1, maxLength: 1_000 });
