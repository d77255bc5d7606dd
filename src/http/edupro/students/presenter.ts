import type { Static } from 'typebox';
import type { TeachingDocument } from '../../../projections/people/teaching-queries.js';
import type { KnownPerson } from '../people/people.js';
import { presentStudent } from '../people/presenter.js';
import type { StudyFigures } from '../progress/study-figures.js';
import type { StudentProfile } from './schemas.js';

const NOTHING_DONE: StudyFigures = { completedLessons: 0, completedCourses: 0, enrolledCourses: 0, lastActivity: null };

/** `figures`: of what the student does in courses of this teacher. */
export const presentRelation = (
  { number, joinedAt, notes, active }: TeachingDocument,
  { person, fields }: KnownPerson,
  publicUrl: string,
  { completedLessons, lastActivity, completedCourses, enrolledCourses }: StudyFigures = NOTHING_DONE,
): Static<typeof StudentProfile> => ({
  id: number,
  student: presentStudent(person, fields, publicUrl),
  enrollment_date: joinedAt,
  notes,
  is_active: active,
  completed_lessons: completedLessons,
  last_activity: lastActivity,
  number_of_completed_courses: completedCourses,
  number_of_enrollment_courses: enrolledCourses,
});
