import { Value } from 'typebox/value';
import { accept, reject, unknownEvent, type Decider, type Decision, type Message, type Refusal } from '../kernel/decider.js';
import { compareMoney, multiplyMoney, subtractMoney, sumMoney, toMinorPrecision } from '../kernel/money.js';
import type { BillingData, InvoiceContent, InvoiceEvent } from './events.js';

export type InvoiceCommand =
  | Message<'RequestInvoice', { invoiceId: string; content: InvoiceContent; billing: BillingData | null; at: string }>
  | Message<'IssueInvoice', { invoiceNumber: string; at: string }>
  | Message<'ChangeInvoiceBilling', { billing: BillingData; at: string }>
  | Message<'ForgetInvoiceBilling', { at: string }>
  | Message<'CorrectInvoice', { content: InvoiceContent; at: string }>
  | Message<'VoidInvoice', { reason: string; at: string }>;

export type InvoiceRejection =
  | 'invoice-not-requested'
  | 'invoice-already-issued'
  | 'invoice-amount-fixed'
  | 'invoice-inconsistent'
  | 'invoice-void';

type Known = Readonly<{ invoiceId: string; content: InvoiceContent; billing: BillingData | null }>;
/** A void invoice that still waits for its number gets it, because the series has counted it. */
export type Invoice =
  | Readonly<{ status: 'none' }>
  | (Known & Readonly<{ status: 'requested'; invoiceNumber: null }>)
  | (Known & Readonly<{ status: 'issued'; invoiceNumber: string }>)
  | (Known & Readonly<{ status: 'void'; invoiceNumber: string | null }>);

const problemOf = ({ kind, correctsInvoiceId, items, subtotal, discount, total, currency }: InvoiceContent) => {
  const amounts = [subtotal, discount, total, ...items.flatMap((item) => [item.price, item.discount, item.total])];
  const adds = (whole: string, parts: readonly string[]) => compareMoney(whole, sumMoney(parts, currency)) === 0;
  const listed = items.map(({ price, quantity }) => multiplyMoney(price, quantity));
  if (items.length === 0) return 'no-items';
  if ((kind === 'credit-note') !== (correctsInvoiceId !== null)) return 'corrected-invoice';
  if (amounts.some((amount) => toMinorPrecision(amount, currency) !== amount)) return 'precision';
  if (amounts.some((amount) => compareMoney(amount, '0') < 0)) return 'negative';
  if (!items.every((item, index) => adds(listed[index] ?? '0', [item.discount, item.total]))) return 'item-total';
  if (!adds(subtotal, listed)) return 'subtotal';
  if (!adds(discount, items.map((item) => item.discount))) return 'discount';
  return compareMoney(total, subtractMoney(subtotal, discount)) === 0 ? undefined : 'total';
};

const inconsistency = (content: InvoiceContent): Refusal<'invoice-inconsistent'> | undefined => {
  const reason = problemOf(content);
  return reason === undefined ? undefined : reject('invoice-inconsistent', { reason });
};

type InvoiceDecision = Decision<InvoiceEvent, InvoiceRejection>;
type RequestedInvoice = Exclude<Invoice, { status: 'none' }>;

const issue = (invoiceNumber: string, at: string, invoice: RequestedInvoice): InvoiceDecision => {
  if (invoice.invoiceNumber === invoiceNumber) return accept();
  if (invoice.invoiceNumber !== null) {
    return reject('invoice-already-issued', { invoiceNumber: invoice.invoiceNumber });
  }
  return accept({ type: 'InvoiceIssued', data: { invoiceId: invoice.invoiceId, invoiceNumber, issuedAt: at } });
};

const correct = (content: InvoiceContent, at: string, invoice: RequestedInvoice): InvoiceDecision => {
  const { invoiceId, content: current } = invoice;
  if (Value.Equal(content, current)) return accept();
  if (current.origin === 'worker') return reject('invoice-amount-fixed');
  if (content.origin !== current.origin || content.kind !== current.kind) {
    return reject('invoice-inconsistent', { reason: 'another-kind' });
  }
  return inconsistency(content) ?? accept({ type: 'InvoiceCorrected', data: { invoiceId, content, correctedAt: at } });
};

export const decide = ({ type, data }: InvoiceCommand, invoice: Invoice): InvoiceDecision => {
  const { at } = data;
  if (type === 'RequestInvoice') {
    const { invoiceId, content, billing } = data;
    if (invoice.status !== 'none') return accept();
    const requested = { invoiceId, content, billing, requestedAt: at };
    return inconsistency(content) ?? accept({ type: 'InvoiceRequested', data: requested });
  }
  if (invoice.status === 'none') return reject('invoice-not-requested');
  const { invoiceId } = invoice;
  if (type === 'IssueInvoice') return issue(data.invoiceNumber, at, invoice);
  if (type === 'ForgetInvoiceBilling') {
    return invoice.billing === null ? accept() : accept({ type: 'InvoiceBillingForgotten', data: { invoiceId, forgottenAt: at } });
  }
  if (type === 'VoidInvoice') {
    if (invoice.status === 'void') return accept();
    return accept({ type: 'InvoiceVoided', data: { invoiceId, reason: data.reason, voidedAt: at } });
  }
  if (invoice.status === 'void') return reject('invoice-void');
  if (type === 'CorrectInvoice') return correct(data.content, at, invoice);
  if (Value.Equal(data.billing, invoice.billing)) return accept();
  return accept({ type: 'InvoiceBillingChanged', data: { invoiceId, billing: data.billing, changedAt: at } });
};

export const evolve = (invoice: Invoice, { type, data }: InvoiceEvent): Invoice => {
  if (type === 'InvoiceRequested') {
    const { invoiceId, content, billing } = data;
    return { status: 'requested', invoiceId, content, billing, invoiceNumber: null };
  }
  if (invoice.status === 'none') return invoice;
  switch (type) {
    case 'InvoiceIssued': {
      const { invoiceNumber } = data;
      return { ...invoice, status: invoice.status === 'void' ? 'void' : 'issued', invoiceNumber };
    }
    case 'InvoiceBillingChanged':
      return { ...invoice, billing: data.billing };
    case 'InvoiceBillingForgotten':
      return { ...invoice, billing: null };
    case 'InvoiceCorrected':
      return { ...invoice, content: data.content };
    case 'InvoiceVoided':
      return { ...invoice, status: 'void' };
    default:
      return unknownEvent(type, invoice);
  }
};

export const invoiceDecider: Decider<Invoice, InvoiceCommand, InvoiceEvent, InvoiceRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status === 'issued',
  begins: ({ type }) => type === 'RequestInvoice',
};
