import { Type } from 'typebox';
import { LONGEST_COMMENT, MOST_STARS } from '../../../domain/course-rating/events.js';
import { BlankTextField, IntegerField } from '../fields.js';

const Stars = IntegerField(1, MOST_STARS);
const Comment = Type.Optional(BlankTextField(LONGEST_COMMENT));

export const RateCourseBody = Type.Object({ rating: Stars, comment: Comment });
export const ChangeRatingBody = Type.Object({ rating: Type.Optional(Stars), comment: Comment });

export const RatedCourseParams = Type.Object({ course_id: Type.String({ maxLength: 200 }) });
export const RatingParams = Type.Object({ id: Type.String({ maxLength: 200, description: 'The number of the rating, or its UUID' }) });

const shown = { rating: Type.Integer(), comment: Type.String(), created_at: Type.String() };

/** Of a student whose account is deleted the names are empty and the id is 0. */
export const ListedRating = Type.Object({
  id: Type.Integer(),
  student: Type.Object({
    user: Type.Object({ id: Type.Integer(), first_name: Type.String(), last_name: Type.String() }),
    full_name: Type.String(),
  }),
  ...shown,
});

export const OwnRating = Type.Object({
  id: Type.Integer(),
  uuid: Type.String({ description: 'An addition to the document, whose URLs of ratings have a UUID' }),
  course: Type.String({ description: 'Its title' }),
  student: Type.String({ description: 'The full name' }),
  ...shown,
});
