import { aggregates } from '../../domain/aggregates.js';
import { lessonProgressId, type LessonProgressRejection } from '../../domain/lesson-progress/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface TellProgressInput {
  readonly studentId: string;
  readonly courseId: string;
  readonly lessonId: string;
  readonly isCompleted: boolean;
}

/** Idempotent. The caller knows that the lesson is there and open to the student. */
export const tellProgress =
  ({ handler, clock }: CommandServices) =>
  async (input: TellProgressInput, context: CommandContext): Promise<Outcome<null, LessonProgressRejection>> => {
    const data = { ...input, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.lessonProgress, lessonProgressId(input.studentId, input.courseId), { type: 'TellProgress', data }, context), null);
  };
