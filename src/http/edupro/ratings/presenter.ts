import type { Static } from 'typebox';
import type { PersonDocument } from '../../../projections/people/queries.js';
import type { RatingDocument } from '../../../projections/ratings/queries.js';
import type { ListedRating, OwnRating } from './schemas.js';

const common = ({ number, rating, comment, createdAt }: RatingDocument) => ({ id: number, rating, comment, created_at: createdAt });

/** `student`: undefined where the account is deleted. */
export const presentListedRating = (rating: RatingDocument, student: PersonDocument | undefined): Static<typeof ListedRating> => ({
  ...common(rating),
  student: {
    user: { id: student?.number ?? 0, first_name: student?.fullName.firstName ?? '', last_name: student?.fullName.lastName ?? '' },
    full_name: student?.name ?? '',
  },
});

export const presentOwnRating = (rating: RatingDocument, courseTitle: string, student: PersonDocument | undefined): Static<typeof OwnRating> => ({
  ...common(rating),
  uuid: rating.id,
  course: courseTitle,
  student: student?.name ?? '',
});
