import type { BillingData } from '../../domain/invoice/events.js';
import { paymentBilling } from '../../domain/resources/payment-billing.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { recordQueries } from '../kernel/record-queries.js';
import {
  paymentCollection,
  paymentInvoiceCollection,
  type PaymentDocument,
  type PaymentStatus,
} from './document.js';

export type { PaymentStatus } from './document.js';

/** A payment with the number of its invoice, if any. */
export interface NumberedPayment extends PaymentDocument {
  readonly invoiceNumber: string | null;
}

/** The same with its billing. */
export interface PaymentView extends NumberedPayment {
  readonly billing: Partial<BillingData> | null;
}

export interface PaymentListing extends Slice {
  readonly userId?: string;
  readonly status?: PaymentStatus;
}

const billings = recordQueries(paymentBilling);

const joined = async (readModels: ReadModels, payments: readonly PaymentDocument[]): Promise<PaymentView[]> => {
  const [billing, invoices] = await Promise.all([
    billings.byIds(readModels, payments.map(({ id }) => id)),
    readModels.getMany(paymentInvoiceCollection, payments.map(({ invoiceId, id }) => invoiceId ?? id)),
  ]);
  return payments.map((payment, index) => ({
    ...payment,
    billing: billing[index]?.fields ?? null,
    invoiceNumber: payment.invoiceId === null ? null : (invoices[index]?.invoiceNumber ?? null),
  }));
};

export const paymentById = async (readModels: ReadModels, id: string): Promise<PaymentView | undefined> => {
  const payment = await readModels.get(paymentCollection, id);
  return payment === undefined ? undefined : (await joined(readModels, [payment]))[0];
};

/** For those who look often while a payment is under way. */
export const numberedPayment = async (readModels: ReadModels, id: string): Promise<NumberedPayment | undefined> => {
  const payment = await readModels.get(paymentCollection, id);
  if (payment === undefined || payment.invoiceId === null) return payment && { ...payment, invoiceNumber: null };
  const invoice = await readModels.get(paymentInvoiceCollection, payment.invoiceId);
  return { ...payment, invoiceNumber: invoice?.invoiceNumber ?? null };
};

/** Ids of payments of the account that may still be captured, oldest first. */
export const pendingPaymentIdsOf = async (readModels: ReadModels, userId: string, limit: number): Promise<readonly string[]> =>
  (await readModels.find(paymentCollection, { filter: { userId, status: 'pending' }, sort: { createdAt: 1 }, limit })).map(({ id }) => id);

/** Ids of payments by card or wallet that were opened since then and whose money came; `since`: a timestamp. */
export async function* chargedPaymentIds(readModels: ReadModels, since: string, pageSize: number): AsyncGenerator<string> {
  const order = { filter: { createdAt: { $gte: since } }, sort: { createdAt: 1 } } as const;
  let after: Place | undefined;
  for (;;) {
    const { found, next } = await findSlice(readModels, paymentCollection, order, { skip: 0, limit: pageSize, ...(after === undefined ? {} : { after }) });
    for (const { id, method, capturedAmount } of found) if (method !== 'cash' && capturedAmount !== null) yield id;
    if (next === null) return;
    after = next;
  }
}

export const listPayments = async (
  readModels: ReadModels,
  { userId, status, ...slice }: PaymentListing,
): Promise<{ payments: readonly PaymentView[]; total: number; next: Place | null }> => {
  const filter: Filter = { ...(userId === undefined ? {} : { userId }), ...(status === undefined ? {} : { status }) };
  const { found, ...rest } = await findSlice(readModels, paymentCollection, { filter, sort: { createdAt: -1 } }, slice);
  return { payments: await joined(readModels, found), ...rest };
};
