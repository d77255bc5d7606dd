import { aggregates } from '../../domain/aggregates.js';
import { teachingId, type TeachingRejection } from '../../domain/teaching/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { TeachingPair } from './join-teacher.js';

/** Blocks a student who is not blocked, and the other way about; tells which it did. */
export const toggleBlock =
  ({ handler, clock }: CommandServices) =>
  async (pair: TeachingPair, context: CommandContext): Promise<Outcome<{ readonly blocked: boolean }, TeachingRejection>> => {
    const command = { type: 'ToggleBlock', data: { ...pair, at: clock.now().toISOString() } } as const;
    const toggled = await handler.handle(aggregates.teaching, teachingId(pair.teacherId, pair.studentId), command, context);
    return toggled.ok ? done(toggled, { blocked: toggled.state.status === 'blocked' }) : toggled;
  };
