import type { MailOutcome } from '../../ports/mailer.js';

interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

const isFailure = (error: unknown): error is Error & SmtpFailure => error instanceof Error;

/** The server refuses us, whatever the mail: a matter of the configuration. */
const NOT_ABOUT_THE_MAIL: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const ABOUT_THE_MAIL: ReadonlySet<unknown> = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * The server's answer counts. Without one the mail may have arrived if all of it was handed over; if not, a server must not
 * deliver it (RFC 5321: a mail ends with its dot).
 */
export const outcomeOfFailure = (error: unknown, handedOver: boolean): MailOutcome => {
  const reason = error instanceof Error ? error.message : String(error);
  const { code, command, responseCode } = isFailure(error) ? error : {};
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 500 && ABOUT_THE_MAIL.has(command) && !NOT_ABOUT_THE_MAIL.has(responseCode);
    return { outcome: 'failed', reason, permanent };
  }
  if (handedOver) return { outcome: 'unknown', reason };
  // Nodemailer itself refuses an invalid address.
  return { outcome: 'failed', reason, permanent: code === 'EENVELOPE' };
};
