import { createHash } from 'node:crypto';
import type { IdentifierKind } from '../../../domain/account/identifiers.js';
import { emailReservation, phoneReservation, usernameReservation } from '../../account-aggregates.js';

export const reservations = { email: emailReservation, username: usernameReservation, phone: phoneReservation } as const satisfies Record<
  IdentifierKind,
  unknown
>;

/** The id of an identifier's stream: the log names streams, and an address is nobody's business. */
export const identifierIdOf = (comparable: string): string => createHash('sha256').update(comparable).digest('hex');
