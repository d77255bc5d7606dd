import { MOST_SUBMISSIONS, type AssignmentRejection } from '../../domain/assignment/decider.js';
import type { Answer } from './answer.js';

export const assignmentRefusals = {
  'assignment-not-found': ['not-found', 'The assignment does not exist.'],
  'assignment-inactive': ['conflict', 'Nothing can be handed in for the assignment.'],
  'assignment-past-due': ['conflict', 'The due date of the assignment has passed.'],
  'too-many-submissions': ['conflict', `An assignment takes at most ${MOST_SUBMISSIONS} submissions.`],
} as const satisfies Record<AssignmentRejection, Answer>;
