import type { FullName, Role } from '../../domain/account/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/**
 * A person as surfaces show them that number people; the id is the account's. A deleted one keeps its number and role and nothing
 * that tells who it was.
 */
export interface PersonDocument extends Document {
  readonly number: number;
  readonly fullName: FullName;
  /** In one piece. */
  readonly name: string;
  readonly email: string;
  /** Printed with the country code. */
  readonly phone: string | null;
  readonly parentPhone: string | null;
  readonly username: string | null;
  /** As usernames are compared. */
  readonly usernameKey: string | null;
  /** Made of the first name that the account had, and its number: no two are the same, and it never changes. */
  readonly slug: string;
  readonly role: Role | null;
  readonly imageUrl: string | null;
  readonly avatarFile: string | null;
  readonly registeredAt: string;
  readonly lastLogin: string | null;
  readonly deleted: boolean;
}

export const people = collection<PersonDocument>({
  projection: 'people',
  name: 'people',
  numbered: true,
  indexes: [{ number: 1 }, { usernameKey: 1 }, { name: 1, role: 1 }],
});
