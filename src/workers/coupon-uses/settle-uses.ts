import { ENROLLMENT_DELETED } from '../../commands/enrollments/end-enrollment.js';
import { giveSeatBack } from '../../commands/enrollments/grants.js';
import { settleUse } from '../../commands/enrollments/settle-use.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type CouponUseServices = Pick<CommandServices, 'handler' | 'clock'>;

export const SETTLE_COUPON_USES = 'settle-coupon-uses';

const contextOf = ({ id, metadata }: RecordedEvent): CommandContext => ({
  commandId: uuidV5('settle-use', id),
  actorId: null,
  correlationId: metadata.correlationId,
  causationId: id,
});

/** Does what a process that died left undone: opens what a use was spent for or gives the use back, and gives back seats of deleted enrollments. */
export const couponUsesConsumer = (services: CouponUseServices): Consumer<DomainEvent> => ({
  name: SETTLE_COUPON_USES,
  categories: ['coupon', 'enrollment'],
  handle: async (event) => {
    switch (event.type) {
      case 'CouponUsedForAccess': {
        const { code, useId, accountId: studentId, courseId, moduleId } = event.data;
        await settleUse(services, { code, useId, studentId, courseId, moduleId }, contextOf(event));
        return;
      }
      case 'AccessRevoked': {
        const { studentId, courseId, grantId, reason } = event.data;
        if (reason === ENROLLMENT_DELETED) await giveSeatBack(services, { studentId, courseId, grantId }, reason, contextOf(event));
        return;
      }
      default:
        return;
    }
  },
});
