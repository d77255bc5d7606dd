import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { FilledLine, Line } from '../../shared/text-schemas.js';
import { Description, Link, Uuid } from '../fields.js';

const stored = {
  id: Type.String(),
  courseId: Type.String(),
  title: Type.String(),
  description: Nullable(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
};

/** As it is stored: the answer to a change. */
export const Material = Type.Object({ ...stored, resourceUrl: Type.String(), unlockDate: Type.String() });

const Moment = Type.Object({ iso: Type.String(), timestamp: Type.Integer({ description: 'Milliseconds' }) });

const AdminInfo = Type.Object({
  unlocked: Type.Boolean(),
  unlockStatus: Type.Enum(['UNLOCKED', 'LOCKED']),
  timeUntilUnlock: Nullable(Type.Integer({ description: 'Milliseconds' })),
  daysUntilUnlock: Nullable(Type.Integer({ description: 'Begun days' })),
});

const shown = { ...stored, unlockDate: Type.Object({ utc: Moment, wib: Moment }), unlocked: Type.Boolean(), adminInfo: Type.Optional(AdminInfo) };

export const ShownMaterial = Type.Object({ ...shown, resourceUrl: Type.String() });

export const ListedMaterial = Type.Object({
  ...shown,
  resourceUrl: Nullable(Type.String()),
  enrollmentStatus: Type.Enum(['admin_access', 'enrolled', 'not_enrolled']),
  message: Type.Optional(Type.String()),
});

export const MaterialOfCourse = Type.Object({ ...shown, resourceUrl: Type.String(), course: Type.Object({ id: Type.String(), title: Type.String() }) });

const fields = {
  title: FilledLine({ minLength: 3, maxLength: 255 }),
  description: Description(5_000),
  resourceUrl: Link(),
  /** Its form has a sentence of its own. */
  unlockDate: Line({ maxLength: 40, description: 'A time in WIB like 2025-05-14T01:00:00, or with an offset' }),
};

export const NewMaterial = Type.Object({
  courseId: Uuid,
  title: fields.title,
  description: fields.description,
  resourceUrl: fields.resourceUrl,
  unlockDate: fields.unlockDate,
});

export const MaterialChanges = Type.Object({
  courseId: Type.Optional(Line({ maxLength: 64, description: 'Ignored: a material stays in its course' })),
  ...Type.Partial(Type.Object(fields)).properties,
});
