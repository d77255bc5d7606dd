import type { BillingData, InvoiceContent } from '../../domain/invoice/events.js';
import { collection } from '../kernel/projection.js';

/** One invoice or credit note. Its billing is null as long as it follows the payment's. */
export interface InvoiceDocument {
  readonly id: string;
  readonly invoiceNumber: string | null;
  /** Again at the top, for the index. */
  readonly userId: string;
  readonly content: InvoiceContent;
  readonly billing: BillingData | null;
  readonly status: 'requested' | 'issued' | 'void';
  readonly voidReason: string | null;
  readonly createdAt: string;
  readonly issuedAt: string | null;
  readonly updatedAt: string;
}

/** Who pays, by payment: what an invoice without a billing of its own shows. */
export interface InvoiceBillingDocument {
  readonly id: string;
  readonly fields: Partial<BillingData>;
}

const projection = 'invoices';

export const invoiceCollection = collection<InvoiceDocument>({
  projection,
  name: 'invoices',
  indexes: [{ createdAt: -1 }, { userId: 1, createdAt: -1 }, { invoiceNumber: 1 }],
});

export const invoiceBillingCollection = collection<InvoiceBillingDocument>({ projection, name: 'invoice-billing', indexes: [] });
