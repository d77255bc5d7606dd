import type { CommandContext } from '../../commands/context.js';
import { releaseSeat } from '../../commands/packages/release-seat.js';
import { settleApproval } from '../../commands/packages/settle-approval.js';
import type { CommandServices } from '../../commands/services.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { Consumer } from '../../ports/event-bus.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type PackageApprovalServices = Pick<CommandServices, 'handler' | 'clock' | 'settings'>;

export const SETTLE_PACKAGE_APPROVALS = 'settle-package-approvals';

const contextOf = ({ id, metadata }: RecordedEvent): CommandContext => ({
  commandId: uuidV5('settle-approval', id),
  actorId: null,
  correlationId: metadata.correlationId,
  causationId: id,
});

/** The payer is in the name of the stream. */
const payerOf = ({ stream }: RecordedEvent): string => stream.slice(stream.indexOf('-') + 1);

const approvalOf = (event: RecordedEvent, { paymentId, approvalId }: EventOfType<'PackagePaymentApprovalBegun'>['data']) => ({ payerId: payerOf(event), paymentId, approvalId });

/** Does what a process that died left undone: carries approvals to their end, and frees the seats of enrollments that ended. */
export const packageApprovalsConsumer = (services: PackageApprovalServices): Consumer<DomainEvent> => ({
  name: SETTLE_PACKAGE_APPROVALS,
  categories: ['packagePurchases', 'enrollment'],
  handle: async (event) => {
    switch (event.type) {
      case 'PackagePaymentApprovalBegun':
        await settleApproval(services, approvalOf(event, event.data), contextOf(event));
        return;
      case 'AccessRevoked': {
        const { studentId: userId, courseId, grantId: paymentId, reason } = event.data;
        await releaseSeat(services, { paymentId, userId, courseId, reason }, contextOf(event));
        return;
      }
      default:
        return;
    }
  },
});
