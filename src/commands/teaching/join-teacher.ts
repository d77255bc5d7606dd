import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface TeachingPair {
  readonly teacherId: string;
  readonly studentId: string;
}

/** Idempotent: `changed` of the outcome says whether the student joined now. The caller knows that the teacher is one. */
export const joinTeacher =
  ({ handler, clock }: CommandServices) =>
  async (pair: TeachingPair, context: CommandContext): Promise<Outcome<null, TeachingRejection>> => {
    const command = { type: 'JoinTeacher', data: { ...pair, at: clock.now().toISOString() } } as const;
    return done(await handler.handle(aggregates.teaching, teachingId(pair.teacherId, pair.studentId), command, context), null);
  };
