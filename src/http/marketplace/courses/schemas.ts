import { Type, type Static } from 'typebox';
import { CourseLevel } from '../../../domain/course/events.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { LARGEST_AMOUNT } from '../../../domain/kernel/money.js';
import { PageQuery } from '../../shared/pagination.js';
import { ClientId, FilledLine, Line, WebUrl } from '../../shared/text-schemas.js';

const Price = Type.Number({ minimum: 0, maximum: Number(LARGEST_AMOUNT), description: 'List price: of a new course in the marketplace currency, later in that of the course; 0 is free' });
const LevelId = Nullable({ ...ClientId, description: 'A level of the organization (an addition to the document)' });
const Capacity = Nullable(
  Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Seats; null or absent is no limit (an addition to the document)' }),
);

const details = {
  title: FilledLine({ maxLength: 200 }),
  description: Type.String({ maxLength: 20_000 }),
  thumbnailUrl: Nullable(WebUrl({ maxLength: 2_048 })),
  level: CourseLevel,
  category: FilledLine({ maxLength: 100 }),
  tags: Type.Array(Line({ minLength: 1, maxLength: 50 }), { maxItems: 50 }),
  price: Price,
  isPublished: Type.Boolean(),
  isOrgPrivate: Type.Boolean({ description: 'Only for the organization of the course' }),
  levelId: LevelId,
  capacity: Capacity,
};

export const CreateOrganizationCourseBody = Type.Object({
  ...details,
  thumbnailUrl: Type.Optional(details.thumbnailUrl),
  tags: Type.Optional(details.tags),
  isPublished: Type.Optional(details.isPublished),
  isOrgPrivate: Type.Optional(details.isOrgPrivate),
  levelId: Type.Optional(LevelId),
  capacity: Type.Optional(Capacity),
});

export const CreateCourseBody = Type.Object({ ...CreateOrganizationCourseBody.properties, organizationId: Type.Optional(Nullable(ClientId)) });
export type CreateCourseBody = Static<typeof CreateCourseBody>;

export const ChangeCourseBody = Type.Partial(Type.Object(details));
export type ChangeCourseBody = Static<typeof ChangeCourseBody>;

export const CourseQuery = Type.Object({
  ...PageQuery.properties,
  category: Type.Optional(Line({ maxLength: 100 })),
  level: Type.Optional(CourseLevel),
  search: Type.Optional(Line({ maxLength: 200, description: 'Words that all stand in title, description, tags or category' })),
});

export const CourseParams = Type.Object({ id: ClientId });
export const InstructorParams = Type.Object({ instructorId: ClientId });
export const EditorBody = Type.Object({ editorId: ClientId });
export const EditorParams = Type.Object({ id: ClientId, editorId: ClientId });

const presentedCourse = {
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  thumbnailUrl: Nullable(Type.String()),
  level: CourseLevel,
  category: Type.String(),
  price: Type.Number(),
  currency: Type.String(),
  tags: Type.Array(Type.String()),
  isPublished: Type.Boolean(),
  organizationId: Nullable(Type.String()),
  isOrgPrivate: Type.Boolean(),
  instructorId: Type.String(),
  createdAt: Type.String(),
};

export const Course = Type.Object({
  ...presentedCourse,
  capacity: Nullable(Type.Integer({ description: 'Seats; null is no limit' })),
  termId: Nullable(Type.String({ description: 'A term of the organization' })),
  levelId: Nullable(Type.String({ description: 'A level of the organization' })),
  seatsLeft: Nullable(Type.Integer({ description: 'Neither sold nor held; null is no limit' })),
  editors: Type.Array(Type.String({ description: 'Account id' })),
  updatedAt: Type.String(),
});

export const PurchasedCourse = Type.Object({
  ...presentedCourse,
  isDeleted: Type.Boolean({ description: 'Not on sale any more; who has it keeps it' }),
  enrolledAt: Nullable(Type.String()),
});

export const DeletedCourse = Type.Object({ id: Type.String(), deleted: Type.Literal(true) });

export const Enrollment = Type.Object({
  id: Type.String({ description: 'One per student and course' }),
  studentId: Type.String(),
  courseId: Type.String(),
  status: Type.Enum(['active', 'ended']),
  sources: Type.Array(Type.String({ description: 'Why there is access: payment, coupon, staff, organization, free' })),
  enrolledAt: Nullable(Type.String()),
});
