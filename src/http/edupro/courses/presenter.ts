import type { Static } from 'typebox';
import { isZero } from '../../../domain/kernel/money.js';
import type { CatalogCourse, CategoryDocument } from '../../../projections/catalog/queries.js';
import { averageRating } from '../ratings/average-rating.js';
import { shownLink } from '../../shared/text-schemas.js';
import { fileUrl } from '../../uploads/picture-store.js';
import { twoPlaces } from '../decimals.js';
import type { Category, Course } from './schemas.js';

const urlOf = (publicUrl: string, key: string | null | undefined): string | null => (key === null || key === undefined ? null : fileUrl(publicUrl, key));

export const presentCategory = ({ number, fields }: CategoryDocument, publicUrl: string): Static<typeof Category> => ({
  id: number ?? 0,
  name: fields.name,
  icon: urlOf(publicUrl, fields.iconFile),
});

/** The course of `coursesByIds` of the catalog: the routes read `catalogReads`. */
export const presentCourse = (course: CatalogCourse, publicUrl: string): Static<typeof Course> => ({
  id: course.id,
  title: course.title,
  description: course.description,
  trailer_video: urlOf(publicUrl, course.trailerFile),
  price: twoPlaces(course.price),
  is_published: course.published,
  is_free: isZero(course.price),
  category: course.category === null ? null : presentCategory(course.category, publicUrl),
  thumbnail: urlOf(publicUrl, course.thumbnailFile) ?? shownLink(course.thumbnailUrl),
  created_at: course.createdAt,
  total_enrollments: course.enrollments,
  total_lessons: course.lessons,
  total_reviews: course.reviews,
  average_rating: averageRating({ count: course.reviews, sum: course.stars }),
  total_durations: course.duration,
});
