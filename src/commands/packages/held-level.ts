import { aggregates } from '../../domain/aggregates.js';
import type { CourseDetails } from '../../domain/course/decider.js';
import type { CourseLevel } from '../../domain/course/events.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { PACKAGE_CATALOG, type LevelOfCourse } from '../../domain/package-catalog/decider.js';
import type { CommandServices } from '../services.js';
import { academyLevelOf } from './offered-courses.js';

const CANONICAL: Readonly<Record<LevelOfCourse, CourseLevel>> = { ENTRY: 'beginner', INTERMEDIATE: 'intermediate' };

export interface HeldLevel {
  readonly refusal: Refusal<'package-level-differs'>;
  /** The level that these details have, unless the package asks for another one. */
  readonly levelOf: (details: CourseDetails) => CourseLevel;
}

/** Undefined unless a package of another level has the course: who paid for the package chose the course for its level. */
export const heldLevel = async ({ handler }: Pick<CommandServices, 'handler'>, courseId: string, wanted: CourseLevel | undefined): Promise<HeldLevel | undefined> => {
  if (wanted === undefined) return undefined;
  const level = academyLevelOf(wanted);
  const { state: catalog } = await handler.load(aggregates.packageCatalog, PACKAGE_CATALOG);
  for (const { type, courseIds } of catalog.packages.values()) {
    if (type === 'BUNDLE' || type === level || !courseIds.includes(courseId)) continue;
    return {
      refusal: reject('package-level-differs', { courseId, level, type }),
      levelOf: (details) => (academyLevelOf(details.level) === type ? details.level : CANONICAL[type]),
    };
  }
  return undefined;
};
