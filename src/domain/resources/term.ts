import { Type } from 'typebox';
import type { RecordFields } from '../record/record-book.js';
import { resource } from '../record/resource.js';

const CalendarDate = Type.String({ format: 'date', maxLength: 10 });

const endsAfterItsStart = ({ startsOn, endsOn }: RecordFields): boolean =>
  typeof startsOn !== 'string' || typeof endsOn !== 'string' || startsOn <= endsOn;

export const term = resource('Term', {
  category: 'term',
  description: 'A term of an organization, such as a school year or a semester',
  fields: {
    organizationId: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    startsOn: Type.Optional(CalendarDate),
    endsOn: Type.Optional(CalendarDate),
  },
  within: 'organizationId',
  unique: [{ fields: ['name'], ignoreCase: true }],
  most: 200,
  checks: [{ field: 'endsOn', sentence: 'must not be before startsOn', holds: endsAfterItsStart }],
  references: { organizationId: { to: 'organization', cascade: true } },
  rules: { read: 'organization-member', write: 'organization-levels-manager' },
  lists: [{ by: ['organizationId'], sort: { startsOn: 1, createdAt: 1 } }],
});
