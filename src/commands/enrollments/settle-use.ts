import { aggregates } from '../../domain/aggregates.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import { claimHindrance, claimOf, type Enrollment, type EnrollmentRejection } from '../../domain/enrollment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { combined, type Effect, type Handled } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** A use of a teacher's coupon that was spent. */
export interface SpentUse {
  readonly code: string;
  readonly useId: string;
  readonly studentId: string;
  readonly courseId: string;
  /** Null: the course as a whole. */
  readonly moduleId: string | null;
}

export type SettleRejection = CourseRejection | EnrollmentRejection;

type Services = Pick<CommandServices, 'handler' | 'clock'>;

/** The steps follow from the use alone: whoever settles it repeats them, and they are carried out once. */
const stepOf = ({ useId }: SpentUse, step: string, context: CommandContext): CommandContext => ({
  ...context,
  commandId: uuidV5(step, useId),
  causationId: context.commandId,
});

/** Only a course as a whole has seats. */
const takeSeat = async ({ handler, clock }: Services, use: SpentUse, context: CommandContext): Promise<({ readonly ok: true } & Effect) | Refusal<CourseRejection> | null> => {
  const { useId: holdId, studentId, courseId, moduleId } = use;
  if (moduleId !== null) return null;
  const occupy = { type: 'OccupySeat', data: { holdId, studentId, at: clock.now().toISOString() } } as const;
  return handler.handle(aggregates.course, courseId, occupy, stepOf(use, 'occupy-seat', context));
};

const giveBack = async ({ handler, clock }: Services, use: SpentUse, reason: string, context: CommandContext): Promise<void> => {
  const { useId, courseId, moduleId } = use;
  if (moduleId !== null) return;
  const release = { type: 'ReleaseSeat', data: { holdId: useId, reason, at: clock.now().toISOString() } } as const;
  await handler.handle(aggregates.course, courseId, release, stepOf(use, 'release-seat', context));
};

interface Claimed {
  readonly enrollment: Enrollment;
  readonly effect: Effect;
  /** Why the course would not have another student. */
  readonly refusal: Refusal<CourseRejection> | undefined;
}

const claim = async (services: Services, use: SpentUse, context: CommandContext): Promise<Claimed | Refusal<SettleRejection>> => {
  const { handler, clock } = services;
  const { useId: grantId, studentId, courseId, moduleId } = use;
  const id = `${studentId}.${courseId}`;
  const before = await handler.load(aggregates.enrollment, id);
  if (claimOf(before.state, moduleId, grantId) !== undefined) {
    return { enrollment: before.state, effect: { position: before.position, changed: true }, refusal: undefined };
  }
  const seat = await takeSeat(services, use, context);
  const refusal = seat?.ok === false ? seat : undefined;
  const data = { studentId, courseId, moduleId, grantId, at: clock.now().toISOString() };
  const command =
    refusal === undefined
      ? ({ type: 'ClaimAccess', data: { ...data, source: 'coupon' } } as const)
      : ({ type: 'DeclineAccess', data: { ...data, reason: refusal.rejection } } as const);
  const handled = await handler.handle(aggregates.enrollment, id, command, stepOf(use, command.type, context));
  return handled.ok ? { enrollment: handled.state, effect: combined(handled, ...(seat?.ok === true ? [seat] : [])), refusal } : handled;
};

/**
 * Opens what a use was spent for, or gives the use back. The enrollment decides which, once: it is the same however often, by whom
 * and how late it is asked, so that there is no use without access, and no access without a use.
 */
export const settleUse = async (services: Services, use: SpentUse, context: CommandContext): Promise<Handled<SettleRejection>> => {
  const claimed = await claim(services, use, context);
  if ('ok' in claimed) return claimed;
  const { enrollment, effect, refusal } = claimed;
  const { code, useId, moduleId } = use;
  const status = claimOf(enrollment, moduleId, useId);
  if (status === 'live') return { ok: true, ...effect };
  const reason = refusal?.rejection ?? claimHindrance(enrollment, moduleId) ?? 'already-enrolled';
  await giveBack(services, use, reason, context);
  if (status === 'revoked') return reject('grant-already-revoked');
  const reverse = { type: 'ReverseUseForAccess', data: { useId, reason, at: services.clock.now().toISOString() } } as const;
  await services.handler.handle(aggregates.coupon, code, reverse, stepOf(use, 'reverse-use', context));
  return refusal ?? reject(reason);
};
