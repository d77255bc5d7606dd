import { pino, type DestinationStream, type Logger } from 'pino';
import { LogOutput } from './log-output.js';

export type { Logger } from 'pino';

/** Log lines go to standard error: standard output says where the program listens. */
export const standardError = new LogOutput(process.stderr);

process.once('exit', () => void standardError.flush());

const PERSONAL = [
  'authorization',
  'cookie',
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'token',
  'paymentToken',
  'otp',
  'email',
];

const redact = {
  paths: [...PERSONAL, ...PERSONAL.flatMap((name) => [`*.${name}`, `*.*.${name}`]), '*.headers["set-cookie"]'],
  censor: '[redacted]',
};

/** Writes JSON lines of that level and above, without personal data and secrets. */
export const createLogger = (level: string, stream: DestinationStream = standardError): Logger => pino({ level, redact }, stream);
