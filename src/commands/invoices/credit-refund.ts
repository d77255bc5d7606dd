import { aggregates } from '../../domain/aggregates.js';
import { isCaptured, type Payment } from '../../domain/payment/decider.js';
import { lessLines, spreadAlone, type LinesLeft } from '../../domain/payment/refund-lines.js';
import { derivedContext, type CommandContext } from '../context.js';
import { combined, noEffect, succeeded } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { creditedOn } from './credited-lines.js';
import { quotedPayment, requestDocument, type Requested } from './invoice-payment.js';
import { creditNoteFor, type CorrectedInvoice } from './payment-documents.js';
import { standingInvoice } from './standing-invoice.js';

type Services = Pick<CommandServices, 'handler'>;

export interface CreditRefundInput {
  readonly paymentId: string;
  /** Also the id of the credit note. */
  readonly refundId: string;
  readonly amount: string;
  readonly at: string;
}

/** The notes themselves are read: they may correct an earlier invoice, and old ones were rounded each by itself. */
const leftOf = async ({ handler }: Services, { content }: CorrectedInvoice, payment: Payment, refundId: string): Promise<LinesLeft> => {
  let left: LinesLeft = content.items.map(({ total }) => total);
  if (!isCaptured(payment)) return left;
  for (const [id, { status }] of payment.refunds) {
    if (status !== 'done' || id === refundId) continue;
    const { state: note } = await handler.load(aggregates.invoice, id);
    if (note.status === 'none' || note.status === 'void') continue;
    left = lessLines(left, creditedOn(content.items, left, note.content.items, content.currency));
  }
  return left;
};

/** Requests the credit note of a refund. It corrects the invoice that stands; where none stands, there is nothing to correct. */
export const creditRefund =
  (services: Services) =>
  async ({ paymentId, refundId, amount, at }: CreditRefundInput, context: CommandContext): Promise<Requested> => {
    const found = await quotedPayment(services, paymentId);
    if (!found.ok) return found;
    const { invoiceId, invoice, position } = await standingInvoice(services, paymentId);
    if (invoice.status === 'none') return succeeded(null, { position, changed: false });
    const { payment, quoted } = found;
    const { quote } = quoted;
    const corrected = { invoiceId, content: invoice.content };
    const refund = isCaptured(payment) ? payment.refunds.get(refundId) : undefined;
    const taken = refund?.lines ?? spreadAlone(quote, amount);
    const credited = quote.lines.map(({ courseId }, index) => ({ courseId, total: taken[index] ?? '0' }));
    const left = await leftOf(services, corrected, payment, refundId);
    const shares = creditedOn(invoice.content.items, left, credited, quote.currency);
    return requestDocument(services, refundId, creditNoteFor(corrected, quoted, amount, shares), at, context);
  };

/** Credits the refunds that no note was made for, because no invoice stood: now one does. */
export const creditRefunds =
  (services: Services) =>
  async ({ paymentId, at }: Pick<CreditRefundInput, 'paymentId' | 'at'>, context: CommandContext): Promise<Requested> => {
    const { state: payment } = await services.handler.load(aggregates.payment, paymentId);
    let effect = noEffect;
    for (const [refundId, { status, amount }] of isCaptured(payment) ? payment.refunds : []) {
      if (status !== 'done') continue;
      const credited = await creditRefund(services)({ paymentId, refundId, amount, at }, derivedContext(context, `credit-${refundId}`));
      if (!credited.ok) return credited;
      effect = combined(effect, credited);
    }
    return succeeded(null, effect);
  };
