import type { Static } from 'typebox';
import { indonesianDateTime, utcOfWib } from '../../../primitives/western-indonesia-time.js';
import { statusAt, type AssignmentDocument } from '../../../projections/assignments/queries.js';
import { invalidField } from '../../shared/problem.js';
import type { Assignment, CountedAssignment, TimedAssignment } from './schemas.js';

export const presentAssignment = (assignment: AssignmentDocument, now: string): Static<typeof Assignment> => {
  const { id, title, description, courseId, dueDate, points, resourceUrl, createdAt, updatedAt } = assignment;
  return { id, title, description, courseId, dueDate, points, resourceUrl, status: statusAt(assignment, now), createdAt, updatedAt };
};

/** 14 Mei 2025 pukul 01.00 */
export const dueDateWib = (dueDate: string | null): string | null => (dueDate === null ? null : indonesianDateTime(dueDate));

export const presentTimed = (assignment: AssignmentDocument, now: string): Static<typeof TimedAssignment> => ({
  ...presentAssignment(assignment, now),
  dueDateWib: dueDateWib(assignment.dueDate),
  isPastDue: assignment.dueDate !== null && now > assignment.dueDate,
});

export const presentCounted = (assignment: AssignmentDocument, now: string): Static<typeof CountedAssignment> => ({
  ...presentTimed(assignment, now),
  _count: { submissions: assignment.submissions },
});

/** As it is stored; undefined where nothing was sent. */
export const storedDueDate = (dueDate: string | null | undefined): string | null | undefined => {
  if (dueDate === undefined || dueDate === null) return dueDate;
  const utc = utcOfWib(dueDate);
  if (utc === undefined) throw invalidField('dueDate', 'Due Date is not a time of the calendar');
  return utc;
};
