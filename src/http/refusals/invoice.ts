import type { ChangeInvoiceRejection } from '../../commands/invoices/change-invoice.js';
import type { RequestInvoiceRejection } from '../../commands/invoices/request-invoice.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { Answer } from './answer.js';
import type { PaymentCode } from './payment.js';

type Refused = Exclude<InvoiceRejection | RequestInvoiceRejection | ChangeInvoiceRejection, PaymentCode>;

export const invoiceRefusals = {
  'invoice-not-requested': ['not-found', 'The invoice does not exist.'],
  'invoice-already-issued': ['conflict', 'The invoice is issued: a correction is a credit note.'],
  'invoice-amount-fixed': ['unprocessable', 'An invoice keeps its amount: a correction is a credit note.'],
  'invoice-inconsistent': ['unprocessable', 'The invoice does not add up.'],
  'invoice-void': ['conflict', 'The invoice is void.'],
  'invoice-not-permitted': ['forbidden', 'Only admins create, correct and void invoices.'],
  'payment-already-invoiced': ['conflict', 'The payment already has its invoice.'],
} satisfies Record<Refused, Answer>;
