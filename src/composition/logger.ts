import { destination, pino, type Logger } from 'pino';
import { loggerOptions } from '../http/plugins/request-logging.js';

export type { Logger } from 'pino';

/** Log lines go to standard error: standard output says where the program is to be found. */
export const logStream = destination({ dest: 2, sync: false });

/** For everything that is not a request; redacts the same fields. */
export const createLogger = (level: string): Logger => pino(loggerOptions(level), logStream);
