import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';

interface CoursePlace {
  readonly instructorId: string;
  readonly courseId: string;
}

type Services = Pick<CommandServices, 'handler' | 'clock'>;

/** How many courses an instructor has is a fact of one stream: it holds however many are created at once, and on however many nodes. */
export const takePlace = ({ handler, clock }: Services, place: CoursePlace, context: CommandContext) =>
  handler.handle(aggregates.shelf, place.instructorId, { type: 'TakeCoursePlace', data: { ...place, at: clock.now().toISOString() } }, context);

export const freePlace = ({ handler, clock }: Services, place: CoursePlace, context: CommandContext) =>
  handler.handle(aggregates.shelf, place.instructorId, { type: 'FreeCoursePlace', data: { ...place, at: clock.now().toISOString() } }, context);
