import type { Role } from '../domain/account/events.js';

/** The account for which a use case runs. */
export interface Actor {
  readonly accountId: string;
  readonly role: Role | null;
}
