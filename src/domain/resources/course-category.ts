import { Type } from 'typebox';
import { resource } from '../record/resource.js';

export const MOST_CATEGORIES = 500;

/** Courses name their category by its id; one that is used stays, because nothing deletes categories. */
export const courseCategory = resource('CourseCategory', {
  category: 'courseCategory',
  description: 'A category of courses',
  fields: {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    iconFile: Type.Optional(Type.String({ maxLength: 200, description: 'A key of the file store' })),
  },
  within: 'all',
  unique: [{ fields: ['name'], ignoreCase: true }],
  most: MOST_CATEGORIES,
  rules: { read: 'anyone', write: 'admin' },
  lists: [{ by: ['name'] }, { sort: { name: 1 } }],
  numbered: true,
});
