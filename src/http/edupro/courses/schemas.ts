import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';

const Url = Nullable(Type.String());

export const Category = Type.Object({ id: Type.Integer(), name: Type.String(), icon: Url });

/** As lists and the routes of one course show it. */
export const Course = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  trailer_video: Url,
  price: Type.String({ description: 'With two places' }),
  is_published: Type.Boolean(),
  is_free: Type.Boolean({ description: 'The price is 0' }),
  category: Nullable(Category),
  thumbnail: Url,
  created_at: Type.String(),
  total_enrollments: Type.Integer({ description: 'Students who have it now' }),
  total_lessons: Type.Integer(),
  total_reviews: Type.Integer(),
  average_rating: Type.Number({ description: 'From 1 to 5; 0 without reviews' }),
  total_durations: Type.Integer({ description: 'Seconds' }),
});
