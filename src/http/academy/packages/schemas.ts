import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { PackageType } from '../../../domain/package-catalog/events.js';
import { Line } from '../../shared/text-schemas.js';
import { AcademyLevel } from '../levels.js';

export const PackageCourse = Type.Object({
  packageId: Type.String(),
  courseId: Type.String(),
  title: Type.String(),
  description: Nullable(Type.String()),
  level: Nullable(AcademyLevel),
});

export const Package = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: PackageType,
  price: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export const PackageWithCourses = Type.Object({ ...Package.properties, courses: Type.Array(PackageCourse) });

export const PackageLink = Type.Object({ packageId: Type.String(), courseId: Type.String() });

/** What is missing or null, and a type that is none, have sentences of the document. */
export const PackageBody = Type.Object({
  name: Type.Optional(Nullable(Line({ maxLength: 200, description: 'Required of a new package' }))),
  type: Type.Optional(Nullable(Line({ maxLength: 50, description: 'ENTRY, INTERMEDIATE or BUNDLE; required of a new package' }))),
  price: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Whole rupiah; required of a new package' }))),
});

const CourseId = Line({ maxLength: 64 });

/** A text in place of a list has a sentence of the document. */
export const CoursesBody = Type.Object({
  courseId: Type.Optional(Nullable({ ...CourseId, description: 'Of an ENTRY or INTERMEDIATE package' })),
  courseIds: Type.Optional(Type.Union([Type.Array(CourseId, { maxItems: 100, description: 'Of a BUNDLE: two' }), Line({ maxLength: 1_000 }), Type.Null()])),
});
