import { aggregates } from '../../domain/aggregates.js';
import { PACKAGE_CATALOG, type OfferedPackage } from '../../domain/package-catalog/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { SEAT_BOOK, type SeatBook } from '../../domain/seat-book/decider.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler'>;

export const offeredPackage = async ({ handler }: Services, packageId: string): Promise<OfferedPackage | undefined> =>
  (await handler.load(aggregates.packageCatalog, PACKAGE_CATALOG)).state.packages.get(packageId);

export interface OfferedCourse {
  readonly courseId: string;
  readonly title: string;
}

/** The course, if the academy offers it now. */
export const offeredCourse = async ({ handler }: Services, courseId: string): Promise<OfferedCourse | undefined> => {
  const { state: course } = await handler.load(aggregates.course, courseId);
  if (course.status === 'none' || course.status === 'deleted' || course.details.academyQuota === null) return undefined;
  return { courseId, title: course.details.title };
};

/** All of them, or a refusal that names the first that is not offered. */
export const offeredCourses = async (
  services: Services,
  courseIds: readonly string[],
): Promise<{ readonly ok: true; readonly courses: readonly OfferedCourse[] } | Refusal<'course-not-found'>> => {
  const found = await Promise.all(courseIds.map((courseId) => offeredCourse(services, courseId)));
  const missing = courseIds.find((_, index) => found[index] === undefined);
  if (missing !== undefined || courseIds.length === 0) return reject('course-not-found', { courseId: missing ?? '' });
  return { ok: true, courses: found.flatMap((course) => course ?? []) };
};

export const seatBook = async ({ handler }: Services): Promise<SeatBook> => (await handler.load(aggregates.seatBook, SEAT_BOOK)).state;
