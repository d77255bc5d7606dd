import { reject } from '../../domain/kernel/decider.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { BillingData } from '../../domain/invoice/events.js';
import type { Actor } from '../actor.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { derivedContext, type CommandContext } from '../context.js';
import { creditRefunds } from './credit-refund.js';
import { manualInvoiceContent, type ListedInvoice } from './invoice-content.js';
import { standingInvoice } from './standing-invoice.js';
import { differenceFromPayment, foreignCurrency, type PaymentDifference } from './invoice-of-payment.js';
import { voidUnpaidInvoice } from './void-unpaid-invoice.js';
import { aggregates } from '../../domain/aggregates.js';
import { succeeded, type Outcome } from '../outcome.js';
import { isAdmin } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface RequestInvoiceInput extends ListedInvoice {
  readonly actor: Actor;
  readonly billing: BillingData;
}

export type RequestInvoiceRejection =
  | InvoiceRejection
  | PaymentDifference
  | 'invoice-not-permitted'
  | 'payment-already-invoiced';

/**
 * The end of a payment voids the invoice that it finds. One that was requested meanwhile is void too: the payment is looked up
 * before the append and after it, and a repeat clears away what a crash between the two left.
 */
const voidUnpaid = (services: CommandServices, paymentId: string, at: string, context: CommandContext) =>
  voidUnpaidInvoice(services)({ paymentId, reason: 'payment-ended', at }, derivedContext(context, 'void-unpaid'));

/** Requests an invoice by hand, for an admin and a payment without one. The invoice worker numbers it. */
export const requestInvoice =
  (services: CommandServices) =>
  async (
    { actor, billing, ...listed }: RequestInvoiceInput,
    context: CommandContext,
  ): Promise<Outcome<{ readonly invoiceId: string }, RequestInvoiceRejection>> => {
    if (!isAdmin(actor)) return reject('invoice-not-permitted');
    const foreign = await foreignCurrency(services, listed);
    if (foreign !== undefined) return foreign;
    const made = manualInvoiceContent(listed);
    if (!made.ok) return made;
    const { content } = made;
    const { paymentId } = content;
    const at = services.clock.now().toISOString();
    const difference = await differenceFromPayment(services, content);
    if (difference?.rejection === 'payment-already-ended') await voidUnpaid(services, paymentId, at, context);
    if (difference !== undefined) return difference;
    const { invoiceId } = await standingInvoice(services, paymentId);
    const data = { invoiceId, content, billing, at };
    const handled = await services.handler.handle(aggregates.invoice, invoiceId, { type: 'RequestInvoice', data }, context);
    if (!handled.ok) return handled;
    const { state: invoice } = handled;
    const isThisOne = invoice.status !== 'none' && canonicalJson([invoice.content, invoice.billing]) === canonicalJson([content, billing]);
    if (!isThisOne) return reject('payment-already-invoiced', { invoiceId });
    const late = await differenceFromPayment(services, content);
    if (late?.rejection === 'payment-already-ended') {
      await voidUnpaid(services, paymentId, at, context);
      return late;
    }
    const credited = await creditRefunds(services)({ paymentId, at }, context);
    return credited.ok ? succeeded({ invoiceId }, handled, credited) : credited;
  };
