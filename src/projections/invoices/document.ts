import type { BillingData, InvoiceContent } from '../../domain/invoice/events.js';
import { collection } from '../kernel/projection.js';

/** An invoice or credit note. Its billing is null while it has none of its own: then the payment's applies. */
export interface InvoiceDocument {
  readonly id: string;
  readonly invoiceNumber: string | null;
  /** Repeated at the top for the index. */
  readonly userId: string;
  readonly content: InvoiceContent;
  readonly billing: BillingData | null;
  readonly status: 'requested' | 'issued' | 'void';
  readonly voidReason: string | null;
  readonly createdAt: string;
  readonly issuedAt: string | null;
  readonly updatedAt: string;
}

const projection = 'invoices';

export const invoiceCollection = collection<InvoiceDocument>({
  projection,
  name: 'invoices',
  indexes: [{ createdAt: -1 }, { userId: 1, createdAt: -1 }, { invoiceNumber: 1 }],
});
