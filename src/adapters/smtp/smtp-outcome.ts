import type { MailOutcome } from '../../ports/mailer.js';

/** What nodemailer tells of a failure. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

const isFailure = (error: unknown): error is Error & SmtpFailure => error instanceof Error;

/** The server doesn't want us, whatever the mail: a matter of the configuration. */
const NOT_ABOUT_THE_MAIL: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const ABOUT_THE_MAIL: ReadonlySet<unknown> = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * What the server answered counts. Without an answer the mail may have arrived if all of it was handed over; if not, a
 * server must not deliver it (RFC 5321: only what ends with its dot is a mail).
 */
export const outcomeOfFailure = (error: unknown, handedOver: boolean): MailOutcome => {
  const reason = error instanceof Error ? error.message : String(error);
  const { code, command, responseCode } = isFailure(error) ? error : {};
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 500 && ABOUT_THE_MAIL.has(command) && !NOT_ABOUT_THE_MAIL.has(responseCode);
    return { outcome: 'failed', reason, permanent };
  }
  if (handedOver) return { outcome: 'unknown', reason };
  // Refused by nodemailer itself: an address that is none.
  return { outcome: 'failed', reason, permanent: code === 'EENVELOPE' };
};
