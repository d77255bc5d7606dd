import { Decimal } from 'decimal.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { outlinesOf, type OutlineDocument } from '../../../projections/curricula/queries.js';
import { courseProgressOf, type CourseProgressDocument } from '../../../projections/progress/queries.js';

/** What routes read that show it. */
export const courseProgressReads = ['progress', 'curricula'] as const;

export interface CourseProgress {
  /** 0.00 to 100.00, half-up to two places. */
  readonly percent: string;
  /** When the student last told how far a lesson is; null: never. */
  readonly lastActivity: string | null;
  /** A course without lessons is not completed. */
  readonly isCompleted: boolean;
  /** Of those that are there now. */
  readonly completedLessons: number;
}

interface Pair {
  readonly studentId: string;
  readonly courseId: string;
}

const PLACES = 2;

/** The lessons that students see: published ones of published modules. */
const shownLessons = (outline: OutlineDocument | undefined): readonly string[] =>
  (outline?.modules ?? []).flatMap(({ isPublished, lessons }) => (isPublished ? lessons.filter((lesson) => lesson.isPublished).map(({ lessonId }) => lessonId) : []));

/** Counted against the course as it is now, so that no removed or moved lesson counts, and none twice. */
export const progressIn = (outline: OutlineDocument | undefined, progress: CourseProgressDocument | undefined): CourseProgress => {
  const lessons = shownLessons(outline);
  const done = new Set(progress?.completed);
  const completedLessons = lessons.filter((lessonId) => done.has(lessonId)).length;
  const share = lessons.length === 0 ? new Decimal(0) : new Decimal(completedLessons).times(100).dividedBy(lessons.length);
  return {
    percent: share.toFixed(PLACES, Decimal.ROUND_HALF_UP),
    lastActivity: progress?.lastActivity ?? null,
    isCompleted: lessons.length > 0 && completedLessons === lessons.length,
    completedLessons,
  };
};

/** How far these students are in these courses, by `<studentId>.<courseId>`. */
export const courseProgress = async (readModels: ReadModels, pairs: readonly Pair[]): Promise<ReadonlyMap<string, CourseProgress>> => {
  const [outlines, found] = await Promise.all([outlinesOf(readModels, pairs.map(({ courseId }) => courseId)), courseProgressOf(readModels, pairs)]);
  return new Map(pairs.map(({ studentId, courseId }, index) => [`${studentId}.${courseId}`, progressIn(outlines.get(courseId), found[index])]));
};
