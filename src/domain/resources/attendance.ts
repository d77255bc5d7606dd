import { Type } from 'typebox';
import { Personal } from '../kernel/event-schema.js';
import { resource } from '../record/resource.js';

const Reference = Type.String({ minLength: 1, maxLength: 100 });
const order = { day: -1, createdAt: -1 } as const;

/**
 * Whether a person was there. Its owner is the person, whose account ends it; `userId` is the same id, because the key names fields.
 * One record for a person, a material and a day: a correction is a change, so that the stream keeps what stood there before.
 */
export const attendance = resource('Attendance', {
  category: 'attendance',
  description: 'Whether a person attended a material of a course on a day',
  fields: {
    userId: Reference,
    courseId: Reference,
    materialId: Reference,
    organizationId: Reference,
    day: Type.String({ format: 'date', maxLength: 10, description: 'In the time zone of the organization' }),
    status: Type.Enum(['present', 'absent', 'late', 'excused']),
    notes: Type.Optional(Personal(Type.String({ maxLength: 1_000 }))),
  },
  key: ['userId', 'materialId', 'day'],
  fixed: { courseId: 'ignored', organizationId: 'ignored' },
  references: { ownerId: { to: 'account', cascade: true }, courseId: { to: 'course' }, organizationId: { to: 'organization', cascade: true } },
  rules: { read: 'attendance-reader', write: 'organization-attendance-manager' },
  lists: [
    { by: [], sort: order },
    { by: ['organizationId'], sort: order },
    { by: ['courseId'], sort: order },
    { by: ['organizationId', 'courseId'], sort: order },
    { by: ['ownerId'], sort: order },
    { by: ['ownerId', 'organizationId'], sort: order },
    { by: ['ownerId', 'courseId'], sort: order },
    { by: ['ownerId', 'organizationId', 'courseId'], sort: order },
  ],
});
