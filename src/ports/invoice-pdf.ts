import type { BillingData, InvoiceContent } from '../domain/invoice/events.js';

/** All that is printed on an invoice: the same document is the same file. */
export interface PrintableInvoice {
  readonly invoiceNumber: string;
  readonly status: 'issued' | 'void';
  /** UTC, ISO 8601. */
  readonly issuedAt: string;
  readonly content: InvoiceContent;
  /** Who pays, as far as it is known. */
  readonly billing: Partial<BillingData> | null;
  /** The number of the invoice that a credit note corrects. */
  readonly correctsInvoiceNumber: string | null;
}

/** Prints an invoice or a credit note. */
export type InvoicePdf = (invoice: PrintableInvoice) => Promise<Buffer>;
