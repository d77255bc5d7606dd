import type { CurriculumRejection, ModuleFields } from '../../domain/curriculum/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { carryOut, type CurriculumInput } from './carry-out.js';
import type { OwnershipRejection } from './owned-course.js';

export interface AddModuleInput extends CurriculumInput {
  readonly module: ModuleFields;
}

/** By the teacher of the course, and admins. Gives the new module's id. */
export const addModule =
  (services: CommandServices) =>
  async (input: AddModuleInput, context: CommandContext): Promise<Outcome<{ moduleId: string }, CurriculumRejection | OwnershipRejection>> => {
    const { courseId, module } = input;
    const moduleId = uuidV5('module', context.commandId);
    const added = await carryOut(services, input, (at, { currency }) => ({ type: 'AddModule', data: { ...module, courseId, moduleId, currency, at } }), context);
    return done(added, { moduleId });
  };
