import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { LessonProgressEvent } from './events.js';

/** Of one student and course, removed lessons included. */
export const MOST_LESSONS_BEGUN = 10_000;

export type LessonProgressCommand = Message<
  'TellProgress',
  /** `isCompleted` is absent: it stays as it is. */
  Readonly<{ studentId: string; courseId: string; lessonId: string; isCompleted?: boolean; at: string }>
>;

export type LessonProgressRejection = 'too-many-lessons-begun';

/** How far each lesson is that the student told of. */
export interface LessonProgress {
  readonly lessons: PersistentMap<'begun' | 'completed'>;
  readonly count: number;
}

/** One stream for each student and course. It outlives the enrollment: who enrolls again goes on where it was left. */
export const lessonProgressId = (studentId: string, courseId: string): string => `${studentId}.${courseId}`;

const decide = ({ data }: LessonProgressCommand, { lessons, count }: LessonProgress): Decision<LessonProgressEvent, LessonProgressRejection> => {
  const { at, studentId, courseId, lessonId } = data;
  const lesson = { studentId, courseId, lessonId };
  const known = lessons.get(lessonId);
  const { isCompleted = known === 'completed' } = data;
  if (known === undefined && count >= MOST_LESSONS_BEGUN) return reject('too-many-lessons-begun', { most: MOST_LESSONS_BEGUN });
  if (isCompleted) return known === 'completed' ? accept() : accept({ type: 'LessonCompleted', data: { ...lesson, completedAt: at } });
  if (known === undefined) return accept({ type: 'LessonBegun', data: { ...lesson, begunAt: at } });
  return known === 'begun' ? accept() : accept({ type: 'LessonReopened', data: { ...lesson, reopenedAt: at } });
};

const evolve = (progress: LessonProgress, { type, data }: LessonProgressEvent): LessonProgress => {
  const count = progress.count + (progress.lessons.has(data.lessonId) ? 0 : 1);
  switch (type) {
    case 'LessonCompleted':
      return { lessons: progress.lessons.set(data.lessonId, 'completed'), count };
    case 'LessonBegun':
    case 'LessonReopened':
      return { lessons: progress.lessons.set(data.lessonId, 'begun'), count };
    default:
      return unknownEvent(type, progress);
  }
};

export const lessonProgressDecider: Decider<LessonProgress, LessonProgressCommand, LessonProgressEvent, LessonProgressRejection> = {
  initialState: () => ({ lessons: emptyMap(), count: 0 }),
  decide,
  evolve,
};
