import type { CommandSettings } from '../../../commands/services.js';
import type { AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import type { CourseSeatsDocument, PoolCounts } from '../../../projections/academy-seats/queries.js';
import { academyLevel } from '../levels.js';

type Seats = CommandSettings['academy']['seats'];

export interface Figures {
  readonly entryIntermediateCount: number;
  readonly bundleCount: number;
  readonly total: number;
}

export const figuresOf = ({ ENTRY, INTERMEDIATE, BUNDLE }: PoolCounts): Figures => ({
  entryIntermediateCount: ENTRY + INTERMEDIATE,
  bundleCount: BUNDLE,
  total: ENTRY + INTERMEDIATE + BUNDLE,
});

/** How many seats the course has, and how many of them are free, apart by pool. */
export const seatsOfCourse = (seats: Seats, { level }: AcademyCourseDocument, taken: CourseSeatsDocument) => {
  const pool = academyLevel(level);
  return {
    level: pool,
    quota: { ofLevel: seats[pool], ofBundles: seats.BUNDLE },
    free: { ofLevel: Math.max(0, seats[pool] - taken[pool]), ofBundles: Math.max(0, seats.BUNDLE - taken.BUNDLE) },
  };
};
