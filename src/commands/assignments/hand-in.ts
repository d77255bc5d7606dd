import { aggregates } from '../../domain/aggregates.js';
import type { AssignmentRejection } from '../../domain/assignment/decider.js';
import { hasAccess } from '../../domain/enrollment/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface HandInInput {
  readonly studentId: string;
  readonly assignmentId: string;
  readonly fileUrl: string;
}

export type HandInRejection = AssignmentRejection | 'not-enrolled';

/** A student who is enrolled hands in a link. The next one takes its place, until the due date. */
export const handIn =
  ({ handler, clock }: CommandServices) =>
  async ({ studentId, assignmentId, fileUrl }: HandInInput, context: CommandContext): Promise<Outcome<{ readonly submissionId: string }, HandInRejection>> => {
    const { state: assignment } = await handler.load(aggregates.assignment, assignmentId);
    if (assignment.status !== 'there') return reject('assignment-not-found');
    const { state: enrollment } = await handler.load(aggregates.enrollment, `${studentId}.${assignment.courseId}`);
    if (!hasAccess(enrollment)) return reject('not-enrolled');
    const submissionId = uuidV5(`submission.${assignmentId}`, studentId);
    const data = { assignmentId, submissionId, studentId, fileUrl, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assignment, assignmentId, { type: 'HandIn', data }, context), { submissionId });
  };
