import type { AdminRosterRejection } from '../../domain/admin-roster/decider.js';
import type { Answer } from './answer.js';

export const adminRosterRefusals = {
  'last-admin': ['conflict', 'The last admin stays one: make another account an admin first.'],
} as const satisfies Record<AdminRosterRejection, Answer>;
