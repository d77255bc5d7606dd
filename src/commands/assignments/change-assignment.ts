import { aggregates } from '../../domain/aggregates.js';
import type { AssignmentDetails, AssignmentRejection } from '../../domain/assignment/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import { offeredCourse } from '../packages/offered-courses.js';
import type { CommandServices } from '../services.js';

export interface CreateAssignmentInput extends Omit<AssignmentDetails, 'status'> {
  readonly courseId: string;
}

/** For a course that the academy offers. */
export const createAssignment =
  (services: CommandServices) =>
  async (input: CreateAssignmentInput, context: CommandContext): Promise<Outcome<{ readonly assignmentId: string }, AssignmentRejection | 'course-not-found'>> => {
    if ((await offeredCourse(services, input.courseId)) === undefined) return reject('course-not-found', { courseId: input.courseId });
    const assignmentId = uuidV5('assignment', context.commandId);
    const data = { ...input, assignmentId, status: 'ACTIVE', at: services.clock.now().toISOString() } as const;
    return done(await services.handler.handle(aggregates.assignment, assignmentId, { type: 'CreateAssignment', data }, context), { assignmentId });
  };

export interface ChangeAssignmentInput {
  readonly assignmentId: string;
  /** Absent details stay. */
  readonly changes: Partial<AssignmentDetails>;
}

export const changeAssignment =
  ({ handler, clock }: CommandServices) =>
  async ({ assignmentId, changes }: ChangeAssignmentInput, context: CommandContext): Promise<Outcome<null, AssignmentRejection>> => {
    const data = { ...changes, assignmentId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assignment, assignmentId, { type: 'ChangeAssignment', data }, context), null);
  };

export const deleteAssignment =
  ({ handler, clock }: CommandServices) =>
  async ({ assignmentId }: { readonly assignmentId: string }, context: CommandContext): Promise<Outcome<null, AssignmentRejection>> => {
    const data = { assignmentId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assignment, assignmentId, { type: 'DeleteAssignment', data }, context), null);
  };
