import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface TeachingPair {
  readonly teacherId: string;
  readonly studentId: string;
}

/** Idempotent: `joined` says whether the student did so now. One who is blocked stays so. The caller knows that the teacher is one. */
export const joinTeacher =
  ({ handler, clock }: CommandServices) =>
  async (pair: TeachingPair, context: CommandContext): Promise<Outcome<{ readonly joined: boolean }, TeachingRejection>> => {
    const command = { type: 'JoinTeacher', data: { ...pair, at: clock.now().toISOString() } } as const;
    const handled = await handler.handle(aggregates.teaching, teachingId(pair.teacherId, pair.studentId), command, context);
    return handled.ok ? done(handled, { joined: handled.changed }) : handled;
  };
