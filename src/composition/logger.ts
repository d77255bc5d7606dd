import { pino, type Logger } from 'pino';
import { loggerOptions } from '../http/plugins/request-logging.js';

export type { Logger } from 'pino';

/** For everything that is not a request; redacts the same fields. */
export const createLogger = (level: string): Logger => pino(loggerOptions(level));
