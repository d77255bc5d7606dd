import { subtractMoney } from '../../domain/kernel/money.js';
import type { ReadModels } from '../../ports/read-models.js';
import { instructorFigures, taughtCourses, taughtStudents, type Revenue } from './document.js';

export interface InstructorSummary {
  /** Without deleted ones. */
  readonly courses: number;
  readonly publishedCourses: number;
  /** Each counted once, in however many courses. */
  readonly students: number;
  readonly enrollments: number;
  readonly revenue: readonly (Revenue & { readonly net: string })[];
}

/** Without deleted ones. */
export const countCourses = (readModels: ReadModels, instructorId: string): Promise<number> => readModels.count(taughtCourses, { instructorId, deleted: false });

/** An account that teaches nothing has nothing but zeros. */
export const instructorSummary = async (readModels: ReadModels, instructorId: string): Promise<InstructorSummary> => {
  const [figures, courses, publishedCourses, students] = await Promise.all([
    readModels.get(instructorFigures, instructorId),
    countCourses(readModels, instructorId),
    readModels.count(taughtCourses, { instructorId, deleted: false, published: true }),
    readModels.count(taughtStudents, { instructorId }),
  ]);
  const { enrollments = 0, revenue = [] } = figures ?? {};
  return {
    courses,
    publishedCourses,
    students,
    enrollments,
    revenue: revenue.map(({ currency, gross, refunded }) => ({ currency, gross, refunded, net: subtractMoney(gross, refunded) })),
  };
};
