import type { KeptDocuments, ReadModels } from '../../ports/read-models.js';
import { ALL_PAYMENTS, courseSeats, paymentCounts, type CourseSeatsDocument, type PaymentCountsDocument, type PoolCounts } from './document.js';

export type { CourseSeatsDocument, PoolCounts } from './document.js';

const none: PoolCounts = { ENTRY: 0, INTERMEDIATE: 0, BUNDLE: 0 };

/** In the order of the ids: how many seats are taken, and how many are asked for. */
export const seatsTaken = async (readModels: ReadModels, courseIds: readonly string[]): Promise<readonly CourseSeatsDocument[]> => {
  const found = await readModels.getMany(courseSeats, courseIds);
  return courseIds.map((id, index) => found[index] ?? { id, ...none, waiting: none, paid: none });
};

/** By weight: an individual bundle counts twice, the payment of a group once for each participant. */
export const countedPayments = async (readModels: ReadModels): Promise<Pick<PaymentCountsDocument, 'approved' | 'pending'>> => {
  const { approved = 0, pending = 0 } = (await readModels.get(paymentCounts, ALL_PAYMENTS)) ?? {};
  return { approved, pending };
};

/** The seats of the course, or of all, are read from the store the next time. */
export const forgetSeats = (kept: KeptDocuments, courseId?: string): void => kept.forget(courseSeats, ({ id }) => courseId === undefined || id === courseId);
