import type { ModuleFields } from '../../domain/curriculum/decider.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput, type CurriculumOutcome } from './carry-out.js';

export interface ChangeModuleInput extends CurriculumInput {
  readonly moduleId: string;
  /** What is absent stays. */
  readonly changes: Partial<ModuleFields>;
  /** True: the other modules make room at the wanted place. */
  readonly move: boolean;
}

/** By the teacher of the course, and admins. */
export const changeModule =
  (services: CommandServices) =>
  (input: ChangeModuleInput, context: CommandContext): CurriculumOutcome => {
    const { courseId, moduleId, changes, move } = input;
    return carryOut(services, input, (at) => ({ type: 'ChangeModule', data: { ...changes, courseId, moduleId, move, at } }), context);
  };
