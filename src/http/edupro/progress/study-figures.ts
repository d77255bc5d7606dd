import type { ReadModels } from '../../../ports/read-models.js';
import { outlinesOf } from '../../../projections/curricula/queries.js';
import { areEnrolled, countEnrolledCourses } from '../../../projections/learning/study-queries.js';
import { progressWithTeacher } from '../../../projections/progress/queries.js';
import { courseProgressReads, progressIn } from './course-progress.js';

/** What routes read that show them. */
export const studyFigureReads = [...courseProgressReads, 'learning'] as const;

export interface StudyFigures {
  /** In the courses of this teacher that the student has now, as they are now. */
  readonly completedLessons: number;
  readonly completedCourses: number;
  /** Published courses of this teacher that the student has, as a whole or in part. */
  readonly enrolledCourses: number;
  /** In any course of this teacher; null: never. */
  readonly lastActivity: string | null;
}

const latest = (times: readonly string[]): string | null => times.reduce<string | null>((last, time) => (last === null || time > last ? time : last), null);

/** By student: what these students have done with this teacher. Each of them is in it. */
export const studyFigures = async (readModels: ReadModels, teacherId: string, studentIds: readonly string[]): Promise<ReadonlyMap<string, StudyFigures>> => {
  const ids = [...new Set(studentIds)];
  const [begun, enrolled] = await Promise.all([
    progressWithTeacher(readModels, teacherId, ids),
    Promise.all(ids.map((studentId) => countEnrolledCourses(readModels, teacherId, studentId))),
  ]);
  const [outlines, areTheirs] = await Promise.all([outlinesOf(readModels, begun.map(({ courseId }) => courseId)), areEnrolled(readModels, begun)]);
  return new Map(
    ids.map((studentId, index) => {
      const own = begun.filter((progress) => progress.studentId === studentId);
      const counted = begun.filter((progress, place) => progress.studentId === studentId && areTheirs[place] === true);
      const found = counted.map((progress) => progressIn(outlines.get(progress.courseId), progress));
      return [
        studentId,
        {
          completedLessons: found.reduce((sum, { completedLessons }) => sum + completedLessons, 0),
          completedCourses: found.filter(({ isCompleted }) => isCompleted).length,
          enrolledCourses: enrolled[index] ?? 0,
          lastActivity: latest(own.map(({ lastActivity }) => lastActivity)),
        },
      ];
    }),
  );
};
