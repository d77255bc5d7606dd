import { Type } from 'typebox';
import { AssignmentStatus } from '../../../domain/assignment/events.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { FilledLine, Line } from '../../shared/text-schemas.js';
import { Link, LongText } from '../fields.js';
import { PagedQuery, Pagination } from '../paging.js';
import { Submission } from '../submissions/schemas.js';

const stored = {
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  courseId: Type.String(),
  dueDate: Nullable(Type.String()),
  points: Type.Integer(),
  resourceUrl: Nullable(Type.String()),
  status: AssignmentStatus,
  createdAt: Type.String(),
  updatedAt: Type.String(),
};

/** As a new one is answered. */
export const Assignment = Type.Object(stored);

const inTime = { dueDateWib: Nullable(Type.String()), isPastDue: Type.Boolean() };

export const TimedAssignment = Type.Object({ ...stored, ...inTime });
export const CountedAssignment = Type.Object({ ...stored, ...inTime, _count: Type.Object({ submissions: Type.Integer() }) });
export const AssignmentWithSubmissions = Type.Object({ ...stored, ...inTime, submissions: Type.Array(Submission) });
export const AssignmentPage = Type.Object({ assignments: Type.Array(CountedAssignment), pagination: Pagination });

const fields = {
  title: FilledLine({ maxLength: 255 }),
  description: LongText(),
  /** Its form has a sentence of its own. */
  dueDate: Nullable(Line({ maxLength: 40, description: 'A time in WIB like 2025-05-15T01:00:00, or with an offset; null: none' })),
  points: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  resourceUrl: Nullable(Link()),
};

/** What is missing has a sentence of the document. */
export const NewAssignment = Type.Object({
  title: Type.Optional(fields.title),
  description: Type.Optional(fields.description),
  courseId: Type.Optional(Type.String({ format: 'uuid', maxLength: 36, description: 'Required, as title and description are' })),
  dueDate: Type.Optional(fields.dueDate),
  points: Type.Optional({ ...fields.points, default: 100 }),
  resourceUrl: Type.Optional(fields.resourceUrl),
});

export const AssignmentChanges = Type.Object({ ...Type.Partial(Type.Object(fields)).properties, status: Type.Optional(AssignmentStatus) });

export const AssignmentQuery = Type.Object({
  ...PagedQuery.properties,
  status: Type.Optional(AssignmentStatus),
  courseId: Type.Optional(Line({ maxLength: 64 })),
  search: Type.Optional(Line({ maxLength: 200 })),
});
