import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { PACKAGE_CATALOG } from '../../domain/package-catalog/decider.js';
import { changeCourse, type ChangeCourseInput, type ChangeCourseRejection } from '../courses/change-course.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { academyLevelOf } from './offered-courses.js';

/** Changes a course of the academy. Its level stays while a package of that level has it: who paid for the package chose it for that. */
export const changeOfferedCourse =
  (services: CommandServices) =>
  async (input: ChangeCourseInput, context: CommandContext): Promise<Outcome<null, ChangeCourseRejection | 'package-level-differs'>> => {
    const { courseId, changes } = input;
    if (changes.level !== undefined) {
      const level = academyLevelOf(changes.level);
      const { state: catalog } = await services.handler.load(aggregates.packageCatalog, PACKAGE_CATALOG);
      const holding = [...catalog.packages.values()].find(({ type, courseIds }) => type !== 'BUNDLE' && type !== level && courseIds.includes(courseId));
      if (holding !== undefined) return reject('package-level-differs', { courseId, level, type: holding.type });
    }
    return changeCourse(services)(input, context);
  };
