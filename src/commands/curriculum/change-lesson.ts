import type { LessonFields } from '../../domain/curriculum/decider.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput, type CurriculumOutcome } from './carry-out.js';

export interface ChangeLessonInput extends CurriculumInput {
  readonly lessonId: string;
  /** What is absent stays. */
  readonly changes: Partial<LessonFields>;
  /** True: the other lessons of the module make room at the wanted place. */
  readonly move: boolean;
}

/** By the teacher of the course, and admins. A lesson stays in its module. */
export const changeLesson =
  (services: CommandServices) =>
  (input: ChangeLessonInput, context: CommandContext): CurriculumOutcome => {
    const { courseId, lessonId, changes, move } = input;
    return carryOut(services, input, (at) => ({ type: 'ChangeLesson', data: { ...changes, courseId, lessonId, move, at } }), context);
  };
