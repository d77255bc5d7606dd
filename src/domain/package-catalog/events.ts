import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const PackageType = Type.Enum(['ENTRY', 'INTERMEDIATE', 'BUNDLE']);
export type PackageType = Static<typeof PackageType>;

/** Whole rupiah. */
export const Rupiah = Type.Integer({ minimum: 0 });

const packageId = Id;

/** One stream for all packages of the academy: their names are unique, and each has a course at most once. */
export const packageCatalogEvents = [
  defineEvent('PackageCreated', 'The academy sells a package: an entry course, an intermediate course, or bundles of both.', {
    packageId,
    name: Type.String(),
    type: PackageType,
    price: Rupiah,
    createdAt: Timestamp,
  }),
  defineEvent('PackageChanged', 'A package changed; a field that is absent did not. Payments keep what they were made for.', {
    packageId,
    name: Type.Optional(Type.String()),
    type: Type.Optional(PackageType),
    price: Type.Optional(Rupiah),
    changedAt: Timestamp,
  }),
  defineEvent('PackageDeleted', 'The package is sold no more, and its courses are no part of it.', { packageId, deletedAt: Timestamp }),
  defineEvent('PackageCoursesAdded', 'The package has one course more, or a bundle a pair of courses.', {
    packageId,
    courseIds: Type.Array(Id, { minItems: 1, maxItems: 2 }),
    addedAt: Timestamp,
  }),
  defineEvent('PackageCourseRemoved', 'The course is no longer in the package.', { packageId, courseId: Id, removedAt: Timestamp }),
] as const;

export type PackageCatalogEvent = EventOf<(typeof packageCatalogEvents)[number]>;
