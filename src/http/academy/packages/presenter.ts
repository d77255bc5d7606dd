import type { Static } from 'typebox';
import { academyCoursesByIds, type AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import type { PackageDocument } from '../../../projections/packages/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { academyLevel } from '../levels.js';
import type { Package, PackageCourse, PackageWithCourses } from './schemas.js';

/** Of a course that is gone. */
export const UNKNOWN_COURSE = 'Unknown Course';

export const presentPackage = ({ courseIds: _courseIds, ...offered }: PackageDocument): Static<typeof Package> => offered;

const presentPackageCourse = (packageId: string, courseId: string, course: AcademyCourseDocument | undefined): Static<typeof PackageCourse> => {
  if (course === undefined || course.deleted) return { packageId, courseId, title: UNKNOWN_COURSE, description: null, level: null };
  const { title, description, level } = course;
  return { packageId, courseId, title, description, level: academyLevel(level) };
};

/** The courses of each package, read together. */
export const coursesOfPackages = async (readModels: ReadModels, packages: readonly PackageDocument[]): Promise<readonly (readonly Static<typeof PackageCourse>[])[]> => {
  const ids = [...new Set(packages.flatMap(({ courseIds }) => courseIds))];
  const found = await academyCoursesByIds(readModels, ids);
  const byId = new Map(ids.map((id, index) => [id, found[index]]));
  return packages.map(({ id, courseIds }) => courseIds.map((courseId) => presentPackageCourse(id, courseId, byId.get(courseId))));
};

export const withCourses = async (readModels: ReadModels, packages: readonly PackageDocument[]): Promise<Static<typeof PackageWithCourses>[]> => {
  const courses = await coursesOfPackages(readModels, packages);
  return packages.map((offered, index) => ({ ...presentPackage(offered), courses: [...(courses[index] ?? [])] }));
};

/** In the order in which they were added; a course that is left over is alone. */
export const inPairs = <Item>(items: readonly Item[]): Item[][] =>
  items.reduce<Item[][]>((pairs, item, index) => {
    const last = pairs.at(-1);
    if (index % 2 === 1 && last !== undefined) last.push(item);
    else pairs.push([item]);
    return pairs;
  }, []);
