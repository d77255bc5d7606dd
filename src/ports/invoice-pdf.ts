import type { BillingData, InvoiceContent } from '../domain/invoice/events.js';

/** The content of a printed invoice: an equal document gives an equal file. */
export interface PrintableInvoice {
  readonly invoiceNumber: string;
  readonly status: 'issued' | 'void';
  /** UTC, ISO 8601. */
  readonly issuedAt: string;
  readonly content: InvoiceContent;
  /** The billing data, as far as it is known. */
  readonly billing: Partial<BillingData> | null;
  /** The number of the invoice that a credit note corrects. */
  readonly correctsInvoiceNumber: string | null;
}

/** Prints invoices and credit notes. */
export interface InvoicePdf {
  /** Another one as soon as equal documents are printed otherwise: what was kept is out of date then. */
  readonly edition: string;
  readonly print: (invoice: PrintableInvoice) => Promise<Buffer>;
}
