import { aggregates } from '../../domain/aggregates.js';
import { existingPayments } from '../../domain/package-purchases/decider.js';
import type { CommandContext } from '../../commands/context.js';
import type { CommandServices } from '../../commands/services.js';

/** Nobody can approve what nobody is there for. An approval that is under way is carried to its end. */
export const deleteWaitingPackagePayments = async (
  { handler, clock }: Pick<CommandServices, 'handler' | 'clock'>,
  payerId: string,
  contextOf: (paymentId: string) => CommandContext,
): Promise<void> => {
  const { state } = await handler.load(aggregates.packagePurchases, payerId);
  for (const { paymentId, status, group } of existingPayments(state)) {
    if (status !== 'waiting') continue;
    const data = { paymentId, isGroup: group !== null, at: clock.now().toISOString() };
    await handler.handle(aggregates.packagePurchases, payerId, { type: 'DeletePackagePayment', data }, contextOf(paymentId));
  }
};
