import { Type } from 'typebox';
import { resource } from '../record/resource.js';

/** A course is read with all its sessions. */
export const MOST_CLASS_SESSIONS = 200;
export const LONGEST_SESSION_DESCRIPTION = 1_000;
export const LONGEST_SESSION_HOURS = 24;

/** A meeting of a course of the academy. */
export const classSession = resource('ClassSession', {
  category: 'classSession',
  description: 'A meeting of a course of the academy',
  fields: {
    courseId: Type.String({ minLength: 1, maxLength: 64 }),
    startAt: Type.String({ format: 'date-time', maxLength: 40, description: 'In UTC' }),
    durationHrs: Type.Integer({ minimum: 1, maximum: LONGEST_SESSION_HOURS }),
    description: Type.Optional(Type.String({ maxLength: LONGEST_SESSION_DESCRIPTION })),
  },
  within: 'courseId',
  most: MOST_CLASS_SESSIONS,
  references: { courseId: { to: 'course', cascade: true } },
  rules: { read: 'account', write: 'admin' },
  lists: [{ by: ['courseId'], sort: { startAt: 1, createdAt: 1 } }],
});
