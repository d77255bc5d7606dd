import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { TeachingPair } from './join-teacher.js';

export interface ChangeNotesInput extends TeachingPair {
  readonly notes: string;
}

export const changeNotes =
  ({ handler, clock }: CommandServices) =>
  async (input: ChangeNotesInput, context: CommandContext): Promise<Outcome<null, TeachingRejection>> => {
    const command = { type: 'ChangeNotes', data: { ...input, at: clock.now().toISOString() } } as const;
    return done(await handler.handle(aggregates.teaching, teachingId(input.teacherId, input.studentId), command, context), null);
  };
