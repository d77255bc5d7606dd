import { Type, type Static } from 'typebox';
import { Currency, DecimalString, defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const CourseLevel = Type.Enum(['beginner', 'intermediate', 'advanced']);
export type CourseLevel = Static<typeof CourseLevel>;

const courseId = Id;
const details = {
  title: Type.String(),
  description: Type.String(),
  thumbnailUrl: Nullable(Type.String()),
  level: CourseLevel,
  category: Type.String(),
  tags: Type.Array(Type.String()),
};
/** What courses had before categories were records and pictures were uploaded: absent is the same as null. */
const kept = {
  /** A course category; `category` is its name. */
  categoryId: Type.Optional(Nullable(Id)),
  /** Keys of the file store. */
  thumbnailFile: Type.Optional(Nullable(Type.String())),
  trailerFile: Type.Optional(Nullable(Type.String())),
  /** Set where the academy offers the course: how many places it names. */
  academyQuota: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))),
};
const seat = { courseId, holdId: Id, studentId: Id };

export const courseEvents = [
  defineEvent('CourseCreated', 'An instructor created a course; nobody can buy it before it is published.', {
    courseId,
    instructorId: Id,
    ...details,
    ...kept,
    price: DecimalString,
    currency: Currency,
    organizationId: Nullable(Id),
    organizationPrivate: Type.Boolean(),
    capacity: Nullable(Type.Integer({ minimum: 1 })),
    createdAt: Timestamp,
  }),
  defineEvent('CoursePublished', 'The course is on sale.', { courseId, publishedAt: Timestamp }),
  defineEvent('CourseUnpublished', 'The course is not on sale; students keep it.', { courseId, unpublishedAt: Timestamp }),
  defineEvent('CourseDetailsChanged', 'Details of the course changed; a field that is absent did not.', {
    courseId,
    ...Type.Partial(Type.Object(details)).properties,
    ...kept,
    /** Keys of the file store that the course does not name any more. */
    replacedFiles: Type.Optional(Type.Array(Type.String())),
    changedAt: Timestamp,
  }),
  defineEvent('CourseRepriced', 'The list price changed; payments that were opened keep their quote.', {
    courseId,
    price: DecimalString,
    currency: Currency,
    previousPrice: DecimalString,
    repricedAt: Timestamp,
  }),
  defineEvent('CourseVisibilityChanged', 'The course is for everyone, or for its organization alone.', {
    courseId,
    organizationPrivate: Type.Boolean(),
    changedAt: Timestamp,
  }),
  defineEvent('CourseTermAssigned', 'The course is taught in a term of its organization; null: in none of them.', { courseId, termId: Nullable(Id), assignedAt: Timestamp }),
  defineEvent('CourseLevelAssigned', 'The course is for a level of its organization; null: for none in particular.', { courseId, levelId: Nullable(Id), assignedAt: Timestamp }),
  defineEvent('CourseCapacityChanged', 'The number of seats changed; null is no limit.', {
    courseId,
    capacity: Nullable(Type.Integer({ minimum: 1 })),
    changedAt: Timestamp,
  }),
  defineEvent('CourseEditorAdded', 'Another account may edit the course.', { courseId, editorId: Id, addedAt: Timestamp }),
  defineEvent('CourseEditorRemoved', 'An account may no longer edit the course.', { courseId, editorId: Id, removedAt: Timestamp }),
  defineEvent('CourseDeleted', 'The course is gone from every list; students keep it.', { courseId, deletedAt: Timestamp }),
  defineEvent('CourseSeatReserved', 'One of the limited seats is held for a purchase (holdId is the payment).', {
    ...seat,
    holdUntil: Timestamp,
    reservedAt: Timestamp,
  }),
  defineEvent('CourseSeatTaken', 'The held seat was sold.', { ...seat, takenAt: Timestamp }),
  defineEvent('CourseSeatOccupied', 'One of the limited seats was given away without a hold: nothing has to be paid.', {
    ...seat,
    occupiedAt: Timestamp,
  }),
  defineEvent('CourseSeatReleased', 'The seat is free again.', { ...seat, reason: Type.String(), releasedAt: Timestamp }),
] as const;

export type CourseEvent = EventOf<(typeof courseEvents)[number]>;
