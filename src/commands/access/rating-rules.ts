import { defineRule } from './rule.js';

/** What a student has of a course. */
export interface CourseAccessFacts {
  /** To the whole course, or to a module of it. */
  readonly hasAccess: boolean;
  /** Blocked or removed by the teacher. */
  readonly isShutOut: boolean;
}

export const ratesCourse = defineRule(
  'course-rater',
  'Students who have the course or a module of it, unless its teacher shut them out.',
  ({ role }, { hasAccess, isShutOut }: CourseAccessFacts) => role === 'student' && hasAccess && !isShutOut,
);
