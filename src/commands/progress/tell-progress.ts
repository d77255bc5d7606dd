import { aggregates } from '../../domain/aggregates.js';
import { hasAccess, hasModuleAccess } from '../../domain/enrollment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { lessonProgressId, type LessonProgressRejection } from '../../domain/lesson-progress/decider.js';
import { opensLesson } from '../access/learning-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { isShutOut, loadTeaching } from '../teaching/standing.js';

export interface TellProgressInput {
  readonly actor: Actor;
  readonly courseId: string;
  readonly lessonId: string;
  /** Absent: stays as it is. */
  readonly isCompleted?: boolean;
}

export type StudyRejection = 'course-not-found' | 'lesson-not-found' | 'lesson-not-open' | 'lesson-without-progress';

/** Undefined: the lesson is open to the student, and the student has the course or its module, as the streams say it. */
const refusedStudy = async (services: CommandServices, { actor, courseId, lessonId }: TellProgressInput): Promise<Refusal<StudyRejection> | undefined> => {
  const { handler } = services;
  const { state: curriculum } = await handler.load(aggregates.curriculum, courseId);
  const lesson = curriculum.lessons.get(lessonId);
  const module = lesson && curriculum.modules.get(lesson.moduleId);
  if (lesson === undefined || module === undefined) return reject('lesson-not-found', { lessonId });
  const { state: course } = await handler.load(aggregates.course, courseId);
  if (course.status === 'none') return reject('course-not-found', { courseId });
  const { instructorId, status } = course;
  const [{ state: enrollment }, teaching] = await Promise.all([
    handler.load(aggregates.enrollment, `${actor.accountId}.${courseId}`),
    loadTeaching(services, instructorId, actor.accountId),
  ]);
  const learner = { isShutOut: isShutOut(teaching), hasCourse: hasAccess(enrollment), hasModule: hasModuleAccess(enrollment, lesson.moduleId) };
  if (!learner.hasModule) return reject('lesson-without-progress', { courseId });
  // What is free is open to all that the course is on sale to, but has no progress.
  const taught = { instructorId, deleted: status === 'deleted', isOffered: false };
  const facts = { isPublished: lesson.isPublished && module.isPublished, isFree: lesson.isFree || module.isFree };
  return opensLesson(actor, taught, facts, learner) ? undefined : reject('lesson-not-open', { lessonId });
};

/** Idempotent. */
export const tellProgress =
  (services: CommandServices) =>
  async (input: TellProgressInput, context: CommandContext): Promise<Outcome<null, LessonProgressRejection | StudyRejection>> => {
    const refusal = await refusedStudy(services, input);
    if (refusal !== undefined) return refusal;
    const { handler, clock } = services;
    const { actor, ...told } = input;
    const { accountId: studentId } = actor;
    const data = { ...told, studentId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.lessonProgress, lessonProgressId(studentId, told.courseId), { type: 'TellProgress', data }, context), null);
  };
