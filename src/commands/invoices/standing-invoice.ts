import { aggregates } from '../../domain/aggregates.js';
import type { Invoice } from '../../domain/invoice/decider.js';
import type { Position } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandServices } from '../services.js';

export interface StandingInvoice {
  readonly invoiceId: string;
  /** none: no invoice stands, and the next one has this id. */
  readonly invoice: Exclude<Invoice, { status: 'void' }>;
  readonly position: Position;
  /** One of the void ones before it was made from the payment. */
  readonly replacesInvoiceOfWorker: boolean;
}

/** A payment has one invoice, whose id is the payment's; a voided one may be replaced by the next in line. */
export const standingInvoice = async ({ handler }: Pick<CommandServices, 'handler'>, paymentId: string): Promise<StandingInvoice> => {
  let invoiceId = paymentId;
  let replacesInvoiceOfWorker = false;
  for (;;) {
    const { state: invoice, position } = await handler.load(aggregates.invoice, invoiceId);
    if (invoice.status !== 'void') return { invoiceId, invoice, position, replacesInvoiceOfWorker };
    replacesInvoiceOfWorker ||= invoice.content.origin === 'worker';
    invoiceId = uuidV5('replacement', invoiceId);
  }
};
