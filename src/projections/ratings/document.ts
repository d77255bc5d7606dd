import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** What one student says of one course. */
export interface RatingDocument extends Document {
  readonly number: number;
  readonly courseId: string;
  /** Null: the account is deleted. The stars still count, the comment is gone. */
  readonly studentId: string | null;
  readonly rating: number;
  readonly comment: string;
  readonly createdAt: string;
}

/** The id is the course's, or the teacher's. Whole numbers, so that no average is ever off. */
export interface RatingTotalsDocument extends Document {
  readonly count: number;
  readonly sum: number;
}

/** A deleted account, by its id: a rating that was under way then comes after the deletion. */
export interface GoneRaterDocument extends Document {
  readonly deletedAt: string;
}

export const ratings = collection<RatingDocument>({
  projection: 'ratings',
  name: 'ratings',
  numbered: true,
  indexes: [{ number: 1 }, { studentId: 1 }, { courseId: 1, number: -1 }],
});

export const goneRaters = collection<GoneRaterDocument>({ projection: 'ratings', name: 'goneRaters', indexes: [] });

export const addedTo = (totals: RatingTotalsDocument | undefined, id: string, count: number, sum: number): RatingTotalsDocument => {
  const { count: before, sum: sumBefore } = totals ?? { count: 0, sum: 0 };
  return { id, count: before + count, sum: sumBefore + sum };
};

export const ratingTotals = collection<RatingTotalsDocument>({ projection: 'ratings', name: 'ratingTotals', indexes: [] });
