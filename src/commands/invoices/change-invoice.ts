import { reject } from '../../domain/kernel/decider.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { BillingData, InvoiceContent } from '../../domain/invoice/events.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { manualInvoiceContent, type ListedInvoice } from './invoice-content.js';
import { differenceFromPayment, hasRefund, type PaymentDifference } from './invoice-of-payment.js';
import { aggregates } from '../../domain/aggregates.js';
import { combined, succeeded, type Effect, type Outcome } from '../outcome.js';
import { isAdmin, receivesInvoice } from '../access/rules.js';
import type { CommandServices } from '../services.js';

export interface ChangeInvoiceInput {
  readonly actor: Actor;
  readonly invoiceId: string;
  readonly billing?: BillingData;
  readonly listing?: Partial<Pick<ListedInvoice, 'items' | 'amount' | 'paymentMethod'>>;
}

export type ChangeInvoiceRejection = InvoiceRejection | PaymentDifference | 'invoice-not-permitted';

const relisted = (content: InvoiceContent, listing: NonNullable<ChangeInvoiceInput['listing']>) =>
  manualInvoiceContent({
    paymentId: content.paymentId,
    userId: content.userId,
    currency: content.currency,
    paymentMethod: listing.paymentMethod ?? content.paymentMethod,
    items: listing.items ?? content.items,
    amount: listing.amount ?? content.total,
  });

/** The owner may correct the billing; admins may correct the amounts of an invoice that a person wrote. */
export const changeInvoice =
  (services: CommandServices) =>
  async (
    { actor, invoiceId, billing, listing }: ChangeInvoiceInput,
    context: CommandContext,
  ): Promise<Outcome<null, ChangeInvoiceRejection>> => {
    const { handler, clock } = services;
    const at = clock.now().toISOString();
    const { state: invoice, position: known } = await handler.load(aggregates.invoice, invoiceId);
    const mayKnow = invoice.status !== 'none' && receivesInvoice(actor, invoice.content);
    if (!mayKnow) return reject('invoice-not-requested');
    let effect: Effect = { position: known, changed: false };
    if (listing !== undefined) {
      if (!isAdmin(actor)) return reject('invoice-not-permitted');
      if (invoice.content.origin === 'worker') return reject('invoice-amount-fixed');
      const made = relisted(invoice.content, listing);
      if (!made.ok) return made;
      // A credit note says what it takes from each line: the lines stay as they were.
      if (await hasRefund(services, invoice.content)) return reject('invoice-amount-fixed');
      const difference = await differenceFromPayment(services, made.content);
      if (difference !== undefined) return difference;
      const command = { type: 'CorrectInvoice', data: { content: made.content, at } } as const;
      const corrected = await handler.handle(aggregates.invoice, invoiceId, command, derivedContext(context, 'correct'));
      if (!corrected.ok) return corrected;
      effect = combined(effect, corrected);
    }
    if (billing !== undefined) {
      const command = { type: 'ChangeInvoiceBilling', data: { billing, at } } as const;
      const changed = await handler.handle(aggregates.invoice, invoiceId, command, derivedContext(context, 'change-billing'));
      if (!changed.ok) return changed;
      effect = combined(effect, changed);
    }
    return succeeded(null, effect);
  };
