import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import type { Answer } from './answer.js';

export const adminRosterRefusals = {
  'last-admin': ['conflict', 'The last admin stays one: make another account an admin first.'],
  'role-changed': ['conflict', 'The role of the account is being changed at this moment. Try again.'],
} as const satisfies Record<AdminRosterRejection, Answer>;
