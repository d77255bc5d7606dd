import { Type } from 'typebox';

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const NewPassword = Type.String({ minLength: 6, maxLength: 128 });
/** A password that is only compared may have any length that was ever allowed. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1_000 });
export const Otp = Type.String({ minLength: 1, maxLength: 20 });
export const RefreshToken = Type.String({ minLength: 1, maxLength: 1_000 });
