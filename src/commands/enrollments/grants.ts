import { aggregates } from '../../domain/aggregates.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { memberSeat, type MemberAccess } from './member-access.js';

const FREE_ENROLLMENTS = 'b6d1c1f0-6f5c-5c3e-9d0b-2f0c7d6a8e11';
const FREE_GRANT = /^free-(\d{1,9})$/;

/**
 * The number of the first name that can still be used. Ids follow from student and course, so that twenty requests at once mean the
 * same seat and the same grant. An id that was given up is never used again: the count goes on, and all before it are over.
 */
export const firstUsable = (isOver: (attempt: number) => boolean): number => {
  let usable = 1;
  while (isOver(usable)) usable *= 2;
  let over = Math.floor(usable / 2);
  while (usable - over > 1) {
    const between = Math.floor((over + usable) / 2);
    if (isOver(between)) over = between;
    else usable = between;
  }
  return usable;
};

export const freeGrant = (attempt: number): string => `free-${attempt}`;

/** The hold of the seat that goes with a free grant. */
export const freeSeat = (studentId: string, courseId: string, attempt: number): string => uuidV5(`${studentId}.${courseId}.${attempt}`, FREE_ENROLLMENTS);

/** The holds that a grant may have a seat by: that of a payment or of a coupon is named as the grant itself. */
const seatsOf = (access: MemberAccess): readonly string[] => {
  const { studentId, courseId, grantId } = access;
  const attempt = FREE_GRANT.exec(grantId)?.[1];
  return attempt === undefined ? [grantId, memberSeat(access)] : [freeSeat(studentId, courseId, Number(attempt))];
};

/** Gives back the seat of a grant that was revoked. A repeat, and a grant that had none, change nothing. */
export const giveSeatBack = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  access: MemberAccess,
  reason: string,
  context: CommandContext,
): Promise<void> => {
  for (const holdId of seatsOf(access)) {
    const release = { type: 'ReleaseSeat', data: { holdId, reason, at: clock.now().toISOString() } } as const;
    await handler.handle(aggregates.course, access.courseId, release, derivedContext(context, `give-back-${holdId}`));
  }
};
