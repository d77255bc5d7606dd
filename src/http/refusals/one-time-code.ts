import type { VerifyOtpRejection } from '../../commands/accounts/check-otp.js';
import type { OtpRejection } from '../../domain/otp/decider.js';
import type { Answer } from './answer.js';

/** One answer for every bad code: different ones would say who has an account. */
const badCode: Answer = ['invalid', 'The code is wrong or has expired.'];

export const otpRefusals = {
  'otp-invalid': badCode,
  'otp-not-issued': badCode,
  'otp-expired': badCode,
  'otp-exhausted': badCode,
  'otp-used': badCode,
  'otp-too-many': ['too-many', 'Too many codes were requested. Try again later.'],
} satisfies Record<OtpRejection | VerifyOtpRejection, Answer>;

export type OtpCode = keyof typeof otpRefusals;
