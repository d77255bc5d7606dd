import { Type, type Static } from 'typebox';
import type { KeptDocuments, ReadCount } from '../../../ports/read-models.js';
import { forgetAcademyEnrollments } from '../../../projections/academy-enrollments/queries.js';
import { forgetSeats } from '../../../projections/academy-seats/queries.js';
import type { AreaCounts } from './area-counts.js';

const Count = Type.Integer();
const Reads = Type.Object({ hits: Count, misses: Count, errors: Count, apiCalls: Count });

export const CacheStatistics = Type.Object({
  uptime: Type.Integer({ description: 'Seconds' }),
  totalRequests: Count,
  rateLimitEvents: Count,
  hitRatePercentage: Type.Object({ package: Count, courses: Count, enrollment: Count }),
  package: Reads,
  courses: Reads,
  enrollment: Reads,
});

/** The collections whose documents each of the three stands for. */
const COLLECTIONS = {
  package: ['packages'],
  courses: ['academy-courses'],
  enrollment: ['academy-enrollments', 'academy-seats'],
} as const;

const rateOf = ({ hits, misses }: ReadCount): number => (hits + misses === 0 ? 0 : Math.round((hits / (hits + misses)) * 100));

/** apiCalls: the store of the read models was asked. */
const present = ({ hits, misses, errors, calls: apiCalls }: ReadCount): Static<typeof Reads> => ({ hits, misses, errors, apiCalls });

export const cacheStatistics = (kept: KeptDocuments, counts: AreaCounts, now: Date): Static<typeof CacheStatistics> => {
  const ofPackages = kept.reads(COLLECTIONS.package);
  const ofCourses = kept.reads(COLLECTIONS.courses);
  const ofEnrollments = kept.reads(COLLECTIONS.enrollment);
  return {
    uptime: Math.floor(Math.max(0, now.getTime() - counts.since.getTime()) / 1_000),
    totalRequests: counts.requests,
    rateLimitEvents: counts.limited,
    hitRatePercentage: { package: rateOf(ofPackages), courses: rateOf(ofCourses), enrollment: rateOf(ofEnrollments) },
    package: present(ofPackages),
    courses: present(ofCourses),
    enrollment: present(ofEnrollments),
  };
};

/** Of the course, or all. Read models are never out of date for long: this is for who does not believe it. */
export const forgetEnrollments = (kept: KeptDocuments, courseId: string | undefined): void => {
  forgetAcademyEnrollments(kept, courseId);
  forgetSeats(kept, courseId);
};
