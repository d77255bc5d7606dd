import { aggregates } from '../../domain/aggregates.js';
import type { CourseLevel } from '../../domain/course/events.js';
import { PACKAGE_CATALOG, type LevelOfCourse, type OfferedPackage } from '../../domain/package-catalog/decider.js';
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

/** The academy knows two levels. */
export const academyLevelOf = (level: CourseLevel): LevelOfCourse => (level === 'beginner' ? 'ENTRY' : 'INTERMEDIATE');

/** Of a course that the academy offers now. */
const detailsOf = async ({ handler }: Services, courseId: string) => {
  const { state: course } = await handler.load(aggregates.course, courseId);
  const isOffered = course.status !== 'none' && course.status !== 'deleted' && course.details.academyQuota !== null;
  return isOffered ? course.details : undefined;
};

export const levelOfCourse = async (services: Services, courseId: string): Promise<LevelOfCourse | undefined> => {
  const details = await detailsOf(services, courseId);
  return details && academyLevelOf(details.level);
};

/** The course, if the academy offers it now. */
export const offeredCourse = async (services: Services, courseId: string): Promise<OfferedCourse | undefined> => {
  const details = await detailsOf(services, courseId);
  return details && { courseId, title: details.title };
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
