import type { Role } from '../domain/account/events.js';

/** On whose behalf a use case is carried out, where its rules ask. */
export interface Actor {
  readonly accountId: string;
  readonly role: Role | null;
}
