import type { RefreshStudentSessionRejection } from '../../commands/teaching/refresh-student-session.js';
import type { RefreshSessionRejection } from '../../commands/accounts/refresh-session.js';
import type { TeachingRejection } from '../../domain/teaching/decider.js';
import type { Answer } from './answer.js';

export const teachingRefusals = {
  'not-a-student-of-teacher': ['not-found', 'The account is no student of this teacher.'],
  'account-not-a-student': ['invalid', 'The account is not that of a student.'],
  'own-teacher': ['conflict', 'Nobody is their own student.'],
} satisfies Record<TeachingRejection | Exclude<RefreshStudentSessionRejection, RefreshSessionRejection>, Answer>;

export type TeachingCode = keyof typeof teachingRefusals;
