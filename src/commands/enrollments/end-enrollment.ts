import { aggregates } from '../../domain/aggregates.js';
import type { EnrollmentRejection } from '../../domain/enrollment/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { giveSeatBack } from './grants.js';

export const ENROLLMENT_DELETED = 'enrollment-deleted';

/**
 * Ends whatever a student has of a course, however it came about, and gives seats back. Nothing is refunded, and a coupon's use stays
 * spent. The caller knows that the actor may. What a dead process leaves behind, the worker does.
 */
export const endEnrollment =
  (services: CommandServices) =>
  async ({ studentId, courseId }: { readonly studentId: string; readonly courseId: string }, context: CommandContext): Promise<Outcome<null, EnrollmentRejection>> => {
    const { handler, clock } = services;
    const id = `${studentId}.${courseId}`;
    const { state: before } = await handler.load(aggregates.enrollment, id);
    const end = { type: 'EndAccess', data: { studentId, courseId, reason: ENROLLMENT_DELETED, at: clock.now().toISOString() } } as const;
    const ended = await handler.handle(aggregates.enrollment, id, end, context);
    if (!ended.ok) return ended;
    for (const [grantId, status] of ended.state.grants.entries()) {
      // A repeat by command id revokes nothing: what the student was given since then keeps its seat.
      if (status === 'revoked' && before.grants.get(grantId) !== 'revoked') await giveSeatBack(services, { studentId, courseId, grantId }, ENROLLMENT_DELETED, context);
    }
    return done(ended, null);
  };
