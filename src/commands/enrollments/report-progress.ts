import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { EnrollmentRejection } from '../../domain/enrollment/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface ReportProgressInput {
  readonly actorId: string;
  readonly enrollment: { readonly userId: string; readonly courseId: string };
  /** Per cent. */
  readonly progress: number;
}

/** Students say how far they are in a course that they have now: each for themselves. */
export const reportProgress =
  ({ handler, clock }: CommandServices) =>
  async (
    { actorId, enrollment: { userId: studentId, courseId }, progress }: ReportProgressInput,
    context: CommandContext,
  ): Promise<Outcome<null, EnrollmentRejection | 'not-own-enrollment'>> => {
    if (actorId !== studentId) return reject('not-own-enrollment');
    const data = { studentId, courseId, progress, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'ReportProgress', data }, context), null);
  };
