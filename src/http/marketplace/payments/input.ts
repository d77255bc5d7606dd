import type { OpenPaymentInput } from '../../../commands/payments/open-payment.js';
import { compareMoney, plainDecimal } from '../../../domain/kernel/money.js';
import type { PaymentView } from '../../../projections/payments/queries.js';
import { invalidField, Problem } from '../../shared/problem.js';
import type { ChangePaymentBody, CreatePaymentBody } from './schemas.js';

/** Both fields may be sent; each course counts once. */
const coursesOf = ({ courseId, courseIds = [] }: Pick<CreatePaymentBody, 'courseId' | 'courseIds'>): readonly string[] => [
  ...new Set(courseId === undefined ? courseIds : [courseId, ...courseIds]),
];

export const purchaseOf = (body: CreatePaymentBody): Omit<OpenPaymentInput, 'actor'> => ({
  payerId: body.userId,
  courseIds: coursesOf(body),
  amount: plainDecimal(body.amount),
  currency: body.currency.toUpperCase(),
  method: body.paymentMethod,
  discountCode: body.discountCode ?? null,
  token: body.paymentToken ?? null,
  billing: body.billingData,
});

/** The change that a PATCH asks for; `null` when it changes nothing. */
export type PaymentChange =
  | Readonly<{ kind: 'record-cash' | 'cancel' }>
  | Readonly<{ kind: 'refund'; amount: string | null; courseIds?: readonly string[] }>
  | Readonly<{ kind: 'change-billing'; billing: NonNullable<ChangePaymentBody['billingData']> }>
  | null;

const fixed = (field: string, why: string): Problem =>
  new Problem(422, 'payment-field-fixed', `${field} ${why}`, [{ field, message: why }]);

const sameCourses = (sent: readonly string[], payment: PaymentView): boolean =>
  sent.length === payment.courseIds.length && sent.every((courseId) => payment.courseIds.includes(courseId));

const refuseFixedFields = (body: ChangePaymentBody, payment: PaymentView): void => {
  const { quote } = payment;
  if (body.userId !== undefined && body.userId !== payment.userId) throw fixed('userId', 'can’t be changed: a payment stays its payer’s.');
  for (const field of ['courseId', 'courseIds'] as const) {
    if (body.status !== 'refunded' && body[field] !== undefined && !sameCourses(coursesOf({ [field]: body[field] }), payment)) {
      throw fixed(field, 'can’t be changed: cancel this payment and open another one.');
    }
  }
  if (body.currency !== undefined && body.currency.toUpperCase() !== quote.currency) throw fixed('currency', 'can’t be changed: it is part of the quote.');
  if (body.paymentMethod !== undefined && body.paymentMethod !== payment.method) {
    throw fixed('paymentMethod', 'can’t be changed: cancel this payment and open another one.');
  }
  if (body.discountCode !== undefined && body.discountCode?.trim().toUpperCase() !== (quote.couponCode ?? undefined)) {
    throw fixed('discountCode', 'can’t be changed: it is part of the quote.');
  }
  const isQuoted = body.amount === undefined || compareMoney(plainDecimal(body.amount), quote.total) === 0;
  if (!isQuoted && body.status !== 'refunded') throw fixed('amount', 'can’t be changed: what is charged is what was quoted.');
};

/** The courses that a refund names. All of them is what comes back when a client sends the whole payment: it names none. */
const refundedCourses = (body: ChangePaymentBody, payment: PaymentView): readonly string[] | undefined => {
  if (body.courseId === undefined && body.courseIds === undefined) return undefined;
  const courseIds = coursesOf(body);
  if (courseIds.length === 0) throw invalidField('courseIds', 'must name the courses to take back, or be left out');
  return sameCourses(courseIds, payment) ? undefined : courseIds;
};

const refundOf = (body: ChangePaymentBody, payment: PaymentView): PaymentChange => {
  const courseIds = refundedCourses(body, payment);
  const amount = body.amount === undefined ? null : plainDecimal(body.amount);
  return { kind: 'refund', amount, ...(courseIds === undefined ? {} : { courseIds }) };
};

const statusChange = (body: ChangePaymentBody, payment: PaymentView): PaymentChange => {
  switch (body.status) {
    case 'refunded':
      return payment.status === 'refunded' ? null : refundOf(body, payment);
    case undefined:
    case payment.status:
      return null;
    case 'completed':
      return { kind: 'record-cash' };
    case 'cancelled':
      return { kind: 'cancel' };
    default:
      throw fixed('status', 'can be set to completed (cash came), cancelled or refunded only.');
  }
};

/** One PATCH is one command. Fixed fields are refused with a reason. */
export const changeOf = (body: ChangePaymentBody, payment: PaymentView): PaymentChange => {
  refuseFixedFields(body, payment);
  const change = statusChange(body, payment);
  if (body.billingData === undefined) return change;
  if (change !== null) throw fixed('billingData', 'is changed in a request of its own, not together with the status.');
  return { kind: 'change-billing', billing: body.billingData };
};
