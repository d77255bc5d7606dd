import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { PackagePurchasesRejection } from '../../domain/package-purchases/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { settleApproval, type ApprovalRejection, type Approved } from './settle-approval.js';

export interface KnownPayment {
  readonly payerId: string;
  readonly paymentId: string;
  /** The payment is taken for one of a group. */
  readonly isGroup: boolean;
}

export interface ReplaceProofInput extends Omit<KnownPayment, 'isGroup'> {
  readonly actorId: string;
  readonly proofLink: string;
}

/** For the payer, while nobody has approved the payment. */
export const replaceProof =
  ({ handler, clock }: CommandServices) =>
  async (
    { actorId, payerId, paymentId, proofLink }: ReplaceProofInput,
    context: CommandContext,
  ): Promise<Outcome<null, PackagePurchasesRejection | 'not-the-payer'>> => {
    if (actorId !== payerId) return reject('not-the-payer');
    const data = { paymentId, proofLink, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.packagePurchases, payerId, { type: 'ReplacePackagePaymentProof', data }, context), null);
  };

/**
 * Approves a payment: takes the seats, enrolls who takes part and requests the invoice, or refuses and leaves it waiting. Of two at
 * once, one approves. A process that dies in between leaves an approval that was begun: the worker carries it to its end.
 */
export const approvePackagePayment =
  (services: CommandServices) =>
  async ({ payerId, paymentId, isGroup }: KnownPayment, context: CommandContext): Promise<Outcome<Approved, ApprovalRejection>> => {
    const { handler, clock } = services;
    const data = { paymentId, approvalId: uuidV5('package-approval', context.commandId), isGroup, at: clock.now().toISOString() };
    const begun = await handler.handle(aggregates.packagePurchases, payerId, { type: 'BeginPackagePaymentApproval', data }, context);
    if (!begun.ok) return begun;
    const payment = begun.state.payments.get(paymentId);
    const approvalId = payment?.refused?.approvalId === data.approvalId ? data.approvalId : (payment?.approvalId ?? data.approvalId);
    const settled = await settleApproval(services, { payerId, paymentId, approvalId }, derivedContext(context, 'settle'));
    if (!settled.ok) return settled;
    // Somebody else's approval was under way.
    return approvalId === data.approvalId ? succeeded(settled.value, begun, settled) : reject('package-payment-approved');
  };

/** Deletes a payment that is not approved: an admin found that it is not good. */
export const deletePackagePayment =
  ({ handler, clock }: CommandServices) =>
  async ({ payerId, ...known }: KnownPayment, context: CommandContext): Promise<Outcome<null, PackagePurchasesRejection>> => {
    const data = { ...known, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.packagePurchases, payerId, { type: 'DeletePackagePayment', data }, context), null);
  };
