import { MongoError, MongoNetworkError, MongoNotConnectedError, MongoServerError, MongoServerSelectionError, MongoTopologyClosedError } from 'mongodb';
import { ReadModelsUnavailable } from '../../ports/read-models.js';

/** A server that is stopping, stepping down or too slow: interrupted, no primary, time limit, write concern timeout. */
const PASSING_CODES = new Set<unknown>([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436]);

/** The driver passes errors of a broken socket on as they are. */
const SOCKET_CODES = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

const isUnreachable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoNotConnectedError ||
  error instanceof MongoTopologyClosedError ||
  (error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code)) ||
  (error instanceof MongoServerError && PASSING_CODES.has(error.code)) ||
  (error instanceof MongoError && (error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('TransientTransactionError'))) ||
  (error instanceof Error && /^(MongoWaitQueueTimeoutError|MongoClientClosedError|MongoExpiredSessionError|PoolCleared)/.test(error.name));

type Unavailable = new (message: string, options: ErrorOptions) => Error;

export const asUnavailable = (error: unknown, Unavailable: Unavailable = ReadModelsUnavailable): unknown =>
  isUnreachable(error) ? new Unavailable(`MongoDB: ${error instanceof Error ? error.message : String(error)}`, { cause: error }) : error;

export const reaching = async <Result>(action: () => Promise<Result>, Unavailable?: Unavailable): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    throw asUnavailable(error, Unavailable);
  }
};
