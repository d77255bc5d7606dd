import { aggregates } from '../../domain/aggregates.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { standingInvoice } from './standing-invoice.js';

export interface VoidUnpaidInvoiceInput {
  readonly paymentId: string;
  readonly reason: string;
  readonly at: string;
}

/** For a payment that ended unpaid: an invoice that a person made for it while it was pending is void, if one stands. */
export const voidUnpaidInvoice =
  (services: Pick<CommandServices, 'handler'>) =>
  async ({ paymentId, reason, at }: VoidUnpaidInvoiceInput, context: CommandContext): Promise<Outcome<null, InvoiceRejection>> => {
    const { invoiceId, invoice, position } = await standingInvoice(services, paymentId);
    if (invoice.status === 'none') return succeeded(null, { position, changed: false });
    const command = { type: 'VoidInvoice', data: { reason, at } } as const;
    return done(await services.handler.handle(aggregates.invoice, invoiceId, command, context), null);
  };
