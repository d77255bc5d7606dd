import { createHash } from 'node:crypto';
import type { IdentifierKind } from '../../../domain/account/identifiers.js';
import { aggregates } from '../../../domain/aggregates.js';

export const reservations = {
  email: aggregates.email,
  username: aggregates.username,
  phone: aggregates.phone,
  identity: aggregates.identity,
  nim: aggregates.nim,
} as const satisfies Record<IdentifierKind, unknown>;

/** The id of an identifier's stream: a hash, because the log names streams and an address is personal. */
export const identifierIdOf = (comparable: string): string => createHash('sha256').update(comparable).digest('hex');
