import { Type, type Static } from 'typebox';
import type { CourseLevel } from '../../domain/course/events.js';

export { academyLevelOf as academyLevel } from '../../commands/packages/offered-courses.js';

export const AcademyLevel = Type.Enum(['ENTRY', 'INTERMEDIATE']);
export type AcademyLevel = Static<typeof AcademyLevel>;

export const canonicalLevel = (level: AcademyLevel): CourseLevel => (level === 'ENTRY' ? 'beginner' : 'intermediate');
