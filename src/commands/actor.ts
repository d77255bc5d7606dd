import type { Role } from '../domain/account/events.js';

export interface Actor {
  readonly accountId: string;
  readonly role: Role | null;
}
