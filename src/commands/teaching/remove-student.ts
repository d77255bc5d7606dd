import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { TeachingPair } from './join-teacher.js';

/** What the student did stays on record, and the student may join again. */
export const removeStudent =
  ({ handler, clock }: CommandServices) =>
  async (pair: TeachingPair, context: CommandContext): Promise<Outcome<null, TeachingRejection>> => {
    const command = { type: 'RemoveStudent', data: { ...pair, at: clock.now().toISOString() } } as const;
    return done(await handler.handle(aggregates.teaching, teachingId(pair.teacherId, pair.studentId), command, context), null);
  };
