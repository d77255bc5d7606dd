import { Type } from 'typebox';
import { resource } from '../record/resource.js';

export const MOST_COURSE_MATERIALS = 1_000;

/** A link that the academy gives the students of a course from a time on. */
export const courseMaterial = resource('CourseMaterial', {
  category: 'courseMaterial',
  description: 'A link for the students of a course of the academy',
  fields: {
    courseId: Type.String({ minLength: 1, maxLength: 64 }),
    title: Type.String({ minLength: 3, maxLength: 255 }),
    description: Type.Optional(Type.String({ maxLength: 5_000 })),
    resourceUrl: Type.String({ maxLength: 2_048 }),
    unlockDate: Type.String({ format: 'date-time', maxLength: 40, description: 'In UTC' }),
  },
  within: 'courseId',
  unique: [{ fields: ['title'], ignoreCase: true }],
  most: MOST_COURSE_MATERIALS,
  references: { courseId: { to: 'course', cascade: true } },
  rules: { read: 'account', write: 'admin' },
  lists: [{ by: ['courseId'], sort: { unlockDate: 1, createdAt: 1 } }, { sort: { courseId: 1, unlockDate: 1, createdAt: 1 } }],
});
