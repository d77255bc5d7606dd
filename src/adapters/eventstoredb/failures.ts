import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventStoreUnavailable } from '../../ports/event-store.js';

/** The server understood and refused: a repeat is useless. */
const refusals: ReadonlySet<ErrorType> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.INVALID_TRANSACTION,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.STREAM_DELETED,
  ErrorType.UNSUPPORTED,
]);

const absences: ReadonlySet<ErrorType> = new Set([ErrorType.STREAM_NOT_FOUND, ErrorType.NO_STREAM, ErrorType.STREAM_DELETED]);

export class StreamTombstoned extends Error {
  override readonly name = 'StreamTombstoned';
}

const typeOf = (error: unknown): ErrorType | undefined =>
  error instanceof Error && isCommandError(error) ? error.type : undefined;

const isOneOf = (types: ReadonlySet<ErrorType>, error: unknown): boolean => {
  const type = typeOf(error);
  return type !== undefined && types.has(type);
};

export const isRefusal = (error: unknown): boolean => isOneOf(refusals, error);

export const isAbsence = (error: unknown): boolean => isOneOf(absences, error);

export const isTombstone = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_DELETED;

export const asUnavailable = (error: unknown, what: string): EventStoreUnavailable => {
  const reason = error instanceof Error ? error.message : String(error);
  const kind = typeOf(error);
  return new EventStoreUnavailable(`${what}: ${kind === undefined ? '' : `${kind}, `}${reason}`, { cause: error });
};
