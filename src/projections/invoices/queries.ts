import type { BillingData } from '../../domain/invoice/events.js';
import { paymentBilling } from '../../domain/resources/payment-billing.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { recordQueries } from '../kernel/record-queries.js';
import { invoiceCollection, type InvoiceDocument } from './document.js';

/** An invoice with its own billing, else the payment's, which may be partial or gone. */
export interface InvoiceView extends Omit<InvoiceDocument, 'billing'> {
  readonly billing: Partial<BillingData> | null;
}

export interface InvoiceListing extends Slice {
  readonly userId?: string;
}

const billings = recordQueries(paymentBilling);

const withBilling = async (readModels: ReadModels, invoices: readonly InvoiceDocument[]): Promise<InvoiceView[]> => {
  const billing = await billings.byIds(readModels, invoices.map(({ content }) => content.paymentId));
  return invoices.map((invoice, index) => ({ ...invoice, billing: invoice.billing ?? billing[index]?.fields ?? null }));
};

const first = async (readModels: ReadModels, invoice: InvoiceDocument | undefined): Promise<InvoiceView | undefined> =>
  invoice === undefined ? undefined : (await withBilling(readModels, [invoice]))[0];

export const invoiceById = async (readModels: ReadModels, id: string): Promise<InvoiceView | undefined> =>
  first(readModels, await readModels.get(invoiceCollection, id));

export const invoiceIdOfNumber = async (readModels: ReadModels, invoiceNumber: string): Promise<string | undefined> => {
  const [found] = await readModels.find(invoiceCollection, { filter: { invoiceNumber }, limit: 1 });
  return found?.id;
};

export const invoiceByNumber = async (readModels: ReadModels, invoiceNumber: string): Promise<InvoiceView | undefined> => {
  const [found] = await readModels.find(invoiceCollection, { filter: { invoiceNumber }, limit: 1 });
  return first(readModels, found);
};

export const listInvoices = async (
  readModels: ReadModels,
  { userId, ...slice }: InvoiceListing,
): Promise<{ invoices: readonly InvoiceView[]; total: number; next: Place | null }> => {
  const filter: Filter = userId === undefined ? {} : { userId };
  const { found, ...rest } = await findSlice(readModels, invoiceCollection, { filter, sort: { createdAt: -1 } }, slice);
  return { invoices: await withBilling(readModels, found), ...rest };
};

export const billedInvoiceIdsOf = async (readModels: ReadModels, userId: string): Promise<readonly string[]> =>
  (await readModels.find(invoiceCollection, { filter: { userId } })).flatMap(({ id, billing }) => (billing === null ? [] : [id]));
