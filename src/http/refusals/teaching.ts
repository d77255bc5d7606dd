import type { TeachingRejection } from '../../domain/teaching/decider.js';
import type { Answer } from './answer.js';

export const teachingRefusals = {
  'not-a-student-of-teacher': ['not-found', 'The account is no student of this teacher.'],
  'own-teacher': ['conflict', 'Nobody is their own student.'],
} satisfies Record<TeachingRejection, Answer>;

export type TeachingCode = keyof typeof teachingRefusals;
