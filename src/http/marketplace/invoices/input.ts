import type { ChangeInvoiceInput } from '../../../commands/invoices/change-invoice.js';
import type { RequestInvoiceInput } from '../../../commands/invoices/request-invoice.js';
import { compareMoney, plainDecimal } from '../../../domain/kernel/money.js';
import type { InvoiceView } from '../../../projections/invoices/queries.js';
import { invalidField, Problem } from '../../shared/problem.js';
import { enrolledCourseIds } from './presenter.js';
import type { ChangeInvoiceBody, CreateInvoiceBody } from './schemas.js';

type Items = CreateInvoiceBody['items'];
type Listing = NonNullable<ChangeInvoiceInput['listing']>;

const listedItems = (items: Items) => items.map(({ price, ...item }) => ({ ...item, price: plainDecimal(price) }));

const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((id) => other.includes(id)) && other.every((id) => one.includes(id));

export const newInvoiceOf = ({ courseIds, items, ...body }: CreateInvoiceBody): Omit<RequestInvoiceInput, 'actor'> => {
  if (!sameIds(courseIds, items.map(({ courseId }) => courseId))) throw invalidField('courseIds', 'must be the courses of the items');
  return {
    paymentId: body.paymentId,
    userId: body.userId,
    currency: body.currency.toUpperCase(),
    paymentMethod: body.paymentMethod,
    amount: plainDecimal(body.amount),
    items: listedItems(items),
    billing: body.billingData,
  };
};

const fixed = (field: string): Problem => {
  const message = 'can’t be changed: void this invoice and make another one';
  return new Problem(422, 'invoice-field-fixed', `${field} ${message}.`, [{ field, message }]);
};

const refuseFixedFields = (body: ChangeInvoiceBody, invoice: InvoiceView): void => {
  const { content } = invoice;
  if (body.paymentId !== undefined && body.paymentId !== content.paymentId) throw fixed('paymentId');
  if (body.userId !== undefined && body.userId !== content.userId) throw fixed('userId');
  if (body.currency !== undefined && body.currency.toUpperCase() !== content.currency) throw fixed('currency');
  const courseIds = body.items?.map(({ courseId }) => courseId) ?? enrolledCourseIds(invoice);
  if (body.courseIds !== undefined && !sameIds(body.courseIds, courseIds)) throw fixed('courseIds');
};

const sameItems = (sent: Items, { content: { items } }: InvoiceView): boolean =>
  sent.length === items.length &&
  sent.every((item, index) => {
    const known = items[index];
    if (known === undefined || item.courseId !== known.courseId || item.courseName !== known.courseName) return false;
    return item.quantity === known.quantity && compareMoney(plainDecimal(item.price), known.price) === 0;
  });

/** The fields that differ; undefined when none does. */
const listingOf = ({ amount, items, paymentMethod }: ChangeInvoiceBody, invoice: InvoiceView): Listing | undefined => {
  const { content } = invoice;
  const listing: Listing = {
    ...(amount === undefined || compareMoney(plainDecimal(amount), content.total) === 0 ? {} : { amount: plainDecimal(amount) }),
    ...(items === undefined || sameItems(items, invoice) ? {} : { items: listedItems(items) }),
    ...(paymentMethod === undefined || paymentMethod === content.paymentMethod ? {} : { paymentMethod }),
  };
  return Object.keys(listing).length === 0 ? undefined : listing;
};

export const invoiceChangesOf = (body: ChangeInvoiceBody, invoice: InvoiceView): Pick<ChangeInvoiceInput, 'billing' | 'listing'> => {
  refuseFixedFields(body, invoice);
  const listing = listingOf(body, invoice);
  return {
    ...(listing === undefined ? {} : { listing }),
    ...(body.billingData === undefined ? {} : { billing: body.billingData }),
  };
};
