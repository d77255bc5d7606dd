import { defineRule } from './rule.js';

/** What a student is to an assessment that students may take. */
export interface TakerFacts {
  /** A student of its teacher, and not blocked. */
  readonly isTaught: boolean;
  /** The assessment belongs to no course, or the student has that course or a module of it. */
  readonly hasCourse: boolean;
}

export const takesAssessment = defineRule(
  'assessment-taker',
  'Students of the teacher who are not blocked; of an assessment that belongs to a course those who have the course or a module of it.',
  ({ role }, { isTaught, hasCourse }: TakerFacts) => role === 'student' && isTaught && hasCourse,
);
