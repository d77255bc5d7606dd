import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput, type CurriculumOutcome } from './carry-out.js';

export interface RemoveModuleInput extends CurriculumInput {
  readonly moduleId: string;
}

/** With its lessons. By the teacher of the course, and admins. */
export const removeModule =
  (services: CommandServices) =>
  (input: RemoveModuleInput, context: CommandContext): CurriculumOutcome => {
    const { courseId, moduleId } = input;
    return carryOut(services, input, (at) => ({ type: 'RemoveModule', data: { courseId, moduleId, at } }), context);
  };
