import type { CurriculumRejection, LessonFields } from '../../domain/curriculum/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput } from './carry-out.js';
import type { OwnershipRejection } from './owned-course.js';

export interface AddLessonInput extends CurriculumInput {
  readonly moduleId: string;
  readonly lesson: LessonFields;
}

/** By the teacher of the course, and admins. Gives the new lesson's id. */
export const addLesson =
  (services: CommandServices) =>
  async (input: AddLessonInput, context: CommandContext): Promise<Outcome<{ lessonId: string }, CurriculumRejection | OwnershipRejection>> => {
    const { courseId, moduleId, lesson } = input;
    const lessonId = uuidV5('lesson', context.commandId);
    const added = await carryOut(services, input, (at) => ({ type: 'AddLesson', data: { ...lesson, courseId, moduleId, lessonId, at } }), context);
    return done(added, { lessonId });
  };
