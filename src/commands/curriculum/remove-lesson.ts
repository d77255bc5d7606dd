import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput, type CurriculumOutcome } from './carry-out.js';

export interface RemoveLessonInput extends CurriculumInput {
  readonly lessonId: string;
}

/** By the teacher of the course, and admins. */
export const removeLesson =
  (services: CommandServices) =>
  (input: RemoveLessonInput, context: CommandContext): CurriculumOutcome => {
    const { courseId, lessonId } = input;
    return carryOut(services, input, (at) => ({ type: 'RemoveLesson', data: { courseId, lessonId, at } }), context);
  };
