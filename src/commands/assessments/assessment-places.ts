import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';

interface AssessmentPlace {
  readonly teacherId: string;
  readonly assessmentId: string;
}

type Services = Pick<CommandServices, 'handler' | 'clock'>;

/** How many assessments a teacher has is a fact of one stream: it holds however many are created at once, and on however many nodes. */
export const takeAssessmentPlace = ({ handler, clock }: Services, place: AssessmentPlace, context: CommandContext) =>
  handler.handle(aggregates.assessmentShelf, place.teacherId, { type: 'TakeAssessmentPlace', data: { ...place, at: clock.now().toISOString() } }, context);

export const freeAssessmentPlace = ({ handler, clock }: Services, place: AssessmentPlace, context: CommandContext) =>
  handler.handle(aggregates.assessmentShelf, place.teacherId, { type: 'FreeAssessmentPlace', data: { ...place, at: clock.now().toISOString() } }, context);
