import type { Actor } from '../actor.js';
import { defineRule } from './rule.js';
import { ownsCourse, type CourseFacts } from './rules.js';

// Whom the modules and lessons of a course are open to. Reads and commands ask the same rules.

export interface TaughtCourseFacts extends Pick<CourseFacts, 'instructorId'> {
  readonly deleted: boolean;
  /** The account may take the course: it is on sale to it. */
  readonly isOffered: boolean;
}

/** What an account is to the course, beside its teacher. */
export interface LearnerFacts {
  /** Blocked or removed by the teacher. */
  readonly isShutOut: boolean;
  readonly hasCourse: boolean;
  /** Access to the module that is asked for. */
  readonly hasModule: boolean;
}

export interface LessonFacts {
  /** The lesson and its module. */
  readonly isPublished: boolean;
  /** The lesson or its module. */
  readonly isFree: boolean;
}

const keeps = (actor: Actor, course: Omit<TaughtCourseFacts, 'isOffered'>): boolean => !course.deleted && ownsCourse(actor, course);

const hasIt = ({ isShutOut, hasCourse, hasModule }: LearnerFacts): boolean => !isShutOut && (hasCourse || hasModule);

export const keepsCurriculum = defineRule('curriculum-keeper', 'The teacher of the course, and admins, until it is deleted.', keeps);

export const readsModule = defineRule(
  'module-reader',
  'The teacher of the course and admins until it is deleted; of a published module all accounts that the course is on sale to, and who has the course or the module, unless the teacher shut them out.',
  (actor, course: TaughtCourseFacts, { isPublished }: Pick<LessonFacts, 'isPublished'>, learner: LearnerFacts) =>
    keeps(actor, course) || (isPublished && ((course.isOffered && !learner.isShutOut) || hasIt(learner))),
);

export const opensLesson = defineRule(
  'lesson-opener',
  'The teacher of the course and admins until it is deleted; of a published lesson in a published module who has the course or the module, and, where lesson or module is free, all accounts that the course is on sale to, unless the teacher shut them out.',
  (actor, course: TaughtCourseFacts, { isPublished, isFree }: LessonFacts, learner: LearnerFacts) =>
    keeps(actor, course) || (isPublished && (hasIt(learner) || (isFree && course.isOffered && !learner.isShutOut))),
);
