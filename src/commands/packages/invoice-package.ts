import type { InvoiceContent } from '../../domain/invoice/events.js';
import { subtractMoney, sumMoney } from '../../domain/kernel/money.js';
import type { PackagePayment } from '../../domain/package-purchases/decider.js';
import { RUPIAH, sharesOf } from '../../domain/package-purchases/shares.js';
import type { CommandContext } from '../context.js';
import { requestDocument, type Requested } from '../invoices/invoice-payment.js';
import { standingInvoice } from '../invoices/standing-invoice.js';
import { noEffect, succeeded } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** As invoices show how a payment was made. */
const BY_PROOF = 'transfer';

/** An approved payment, course by course; of a group, participant by participant. */
export const packageInvoice = (payment: PackagePayment): InvoiceContent => {
  const { paymentId, payerId: userId } = payment;
  const shares = sharesOf(payment);
  const items = shares.map(({ courseId, title, listPrice, total }) => ({
    courseId,
    courseName: title,
    price: listPrice,
    quantity: 1,
    discount: subtractMoney(listPrice, total),
    total,
  }));
  return {
    kind: 'invoice',
    origin: 'worker',
    paymentId,
    userId,
    correctsInvoiceId: null,
    items,
    subtotal: sumMoney(items.map(({ price }) => price), RUPIAH),
    discount: sumMoney(items.map(({ discount }) => discount), RUPIAH),
    total: sumMoney(items.map(({ total }) => total), RUPIAH),
    currency: RUPIAH,
    paymentMethod: BY_PROOF,
  };
};

/** Requests the invoice of an approved payment, once; the invoice worker numbers it. */
export const invoicePackage = async (
  services: Pick<CommandServices, 'handler'>,
  payment: PackagePayment,
  context: CommandContext,
): Promise<Requested> => {
  const { invoice, invoiceId, position, replacesInvoiceOfWorker } = await standingInvoice(services, payment.paymentId);
  if (invoice.status !== 'none' || replacesInvoiceOfWorker) return succeeded(null, { position, changed: false });
  if (payment.approvedAt === null) return succeeded(null, noEffect);
  return requestDocument(services, invoiceId, packageInvoice(payment), payment.approvedAt, context);
};
