import { aggregates } from '../../domain/aggregates.js';
import type { Membership } from '../../domain/membership/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';

/** Access to a course that a membership gave. */
export interface MemberAccess {
  readonly studentId: string;
  readonly courseId: string;
  readonly grantId: string;
}

const MEMBER_SEATS = '2f5c6d0e-1a57-5b0c-8f7a-6d1d0b9e4c21';

/** The hold of the seat. A grant of a later membership is another one, so that a seat which was given back is never taken again. */
export const memberSeat = ({ studentId, courseId, grantId }: MemberAccess): string => uuidV5(`${studentId}.${courseId}.${grantId}`, MEMBER_SEATS);

/** The grant that a membership which goes on has for the course. */
export const grantOf = (membership: Membership, courseId: string): string | undefined =>
  membership.status === 'active' ? membership.openedCourses.get(courseId) : undefined;

/** Ends the access and gives the seat back. What was bought or given otherwise stays. */
export const closeCourse = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  access: MemberAccess,
  context: CommandContext,
): Promise<void> => {
  const { studentId, courseId } = access;
  const common = { reason: 'membership-ended', at: clock.now().toISOString() };
  const revoke = { type: 'RevokeAccess', data: { ...access, ...common } } as const;
  await handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, revoke, derivedContext(context, `revoke-${access.grantId}-${courseId}`));
  const release = { type: 'ReleaseSeat', data: { holdId: memberSeat(access), ...common } } as const;
  await handler.handle(aggregates.course, courseId, release, derivedContext(context, `release-${access.grantId}-${courseId}`));
};
