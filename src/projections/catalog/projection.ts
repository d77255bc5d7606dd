import { toNumber } from '../../domain/kernel/money.js';
import { projection, rule } from '../kernel/projection.js';
import { catalog, EVERYONE, UNPUBLISHED, type CatalogDocument } from './document.js';

type Figure = 'enrollments' | 'lessons' | 'duration' | 'reviews' | 'stars';

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

const audienceOf = ({ published, deleted, organizationPrivate, organizationId }: CatalogDocument): string | null => {
  if (deleted) return null;
  if (!published) return UNPUBLISHED;
  return organizationPrivate ? organizationId : EVERYONE;
};

/** A change of a course that is there. */
const changed =
  <E>(change: (course: CatalogDocument, event: E) => Partial<CatalogDocument>) =>
  (course: CatalogDocument | undefined, event: E): CatalogDocument | undefined => {
    if (course === undefined) return undefined;
    const after = { ...course, ...change(course, event) };
    return { ...after, audience: audienceOf(after) };
  };

/** Figures of a course that grew, or shrank. */
const counted =
  <E>(by: (event: E) => Partial<Record<Figure, number>>) =>
  (course: CatalogDocument | undefined, event: E): CatalogDocument | undefined => {
    if (course === undefined) return undefined;
    const { enrollments = 0, lessons = 0, duration = 0, reviews = 0, stars = 0 } = by(event);
    return {
      ...course,
      enrollments: course.enrollments + enrollments,
      lessons: course.lessons + lessons,
      duration: course.duration + duration,
      reviews: course.reviews + reviews,
      stars: course.stars + stars,
    };
  };

const priced = (price: string) => ({ price, priceOrder: toNumber(price) });

export const catalogProjection = projection({
  name: 'catalog',
  version: 1,
  collections: [catalog],
  rules: [
    rule(catalog, 'CourseCreated', courseOf, (_, { data }, id) => {
      const { instructorId, title, description, thumbnailUrl, price, organizationId, organizationPrivate, createdAt } = data;
      const { categoryId = null, thumbnailFile = null, trailerFile = null } = data;
      return {
        id,
        instructorId,
        title,
        description,
        thumbnailUrl,
        thumbnailFile,
        trailerFile,
        categoryId,
        ...priced(price),
        organizationId,
        organizationPrivate,
        published: false,
        deleted: false,
        audience: UNPUBLISHED,
        createdAt,
        enrollments: 0,
        lessons: 0,
        duration: 0,
        reviews: 0,
        stars: 0,
      };
    }),
    rule(catalog, 'CourseDetailsChanged', courseOf, changed((course, { data }) => {
      const { title, description, thumbnailUrl, thumbnailFile, trailerFile, categoryId } = { ...course, ...data };
      return { title, description, thumbnailUrl, thumbnailFile, trailerFile, categoryId };
    })),
    rule(catalog, 'CourseRepriced', courseOf, changed((_, { data }) => priced(data.price))),
    rule(catalog, 'CoursePublished', courseOf, changed(() => ({ published: true }))),
    rule(catalog, 'CourseUnpublished', courseOf, changed(() => ({ published: false }))),
    rule(catalog, 'CourseVisibilityChanged', courseOf, changed((_, { data }) => ({ organizationPrivate: data.organizationPrivate }))),
    rule(catalog, 'CourseDeleted', courseOf, changed(() => ({ deleted: true }))),
    rule(catalog, 'StudentEnrolled', courseOf, counted(() => ({ enrollments: 1 }))),
    rule(catalog, 'EnrollmentEnded', courseOf, counted(() => ({ enrollments: -1 }))),
    rule(catalog, 'LessonAdded', courseOf, counted(({ data }) => ({ lessons: 1, duration: data.duration }))),
    rule(catalog, 'LessonChanged', courseOf, counted(({ data: { duration, previousDuration } }) =>
      duration === undefined || previousDuration === undefined ? {} : { duration: duration - previousDuration })),
    rule(catalog, 'LessonRemoved', courseOf, counted(({ data }) => ({ lessons: -1, duration: -data.duration }))),
    rule(catalog, 'ModuleRemoved', courseOf, counted(({ data }) => ({ lessons: -data.lessons, duration: -data.duration }))),
    rule(catalog, 'CourseRated', courseOf, counted(({ data }) => ({ reviews: 1, stars: data.rating }))),
    rule(catalog, 'CourseRatingChanged', courseOf, counted(({ data }) => ({ stars: data.rating - data.previousRating }))),
    rule(catalog, 'CourseRatingWithdrawn', courseOf, counted(({ data }) => ({ reviews: -1, stars: -data.rating }))),
  ],
});
