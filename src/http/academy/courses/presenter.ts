import type { Static } from 'typebox';
import type { AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import { academyLevel } from '../levels.js';
import type { Course } from './schemas.js';

export const presentCourse = ({ level, deleted: _deleted, sessions, ...course }: AcademyCourseDocument): Static<typeof Course> => ({
  ...course,
  level: academyLevel(level),
  sessions: sessions.map((session) => ({ ...session, courseId: course.id })),
});
