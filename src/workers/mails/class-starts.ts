import type { Clock } from '../../ports/clock.js';
import type { ReadModels } from '../../ports/read-models.js';
import { academyCoursesByIds } from '../../projections/academy-courses/queries.js';
import { indonesianDateTime } from '../../primitives/western-indonesia-time.js';
import type { MailContentServices } from './content.js';

/** Looks up the next class of each course. */
export const classStarts =
  ({ readModels, clock }: { readonly readModels: ReadModels; readonly clock: Clock }): MailContentServices['classStarts'] =>
  async (courseIds) => {
    const now = clock.now().toISOString();
    const courses = await academyCoursesByIds(readModels, courseIds);
    return courses.map((course) => {
      const next = course?.sessions.find(({ startAt }) => startAt > now);
      return next && `${indonesianDateTime(next.startAt)} WIB`;
    });
  };
