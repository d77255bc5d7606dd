import { aggregates } from '../../domain/aggregates.js';
import type { EventOfType } from '../../domain/events.js';
import type { MailContentServices } from './content.js';

export type SubmittedPayment = Pick<EventOfType<'PackagePaymentSubmitted'>['data'], 'paymentId' | 'packageName' | 'price' | 'courseId' | 'courses' | 'group'>;

/** Undefined: it was deleted. */
export const submittedPayment = async ({ handler }: Pick<MailContentServices, 'handler'>, payerId: string, paymentId: string): Promise<SubmittedPayment | undefined> => {
  const { state } = await handler.load(aggregates.packagePurchases, payerId);
  const payment = state.payments.get(paymentId);
  return payment?.status === 'deleted' ? undefined : payment;
};

/** What of the payment is the account's: its courses, and what it pays in rupiah. */
export const shareOf = (
  { price, courseId, courses, group }: SubmittedPayment,
  accountId: string,
): { readonly courses: SubmittedPayment['courses']; readonly amount: number } => {
  if (group === null) return { courses: courseId === null ? courses : courses.filter((course) => course.courseId === courseId), amount: price };
  const { participants, discountedAmount } = group;
  const own = participants.filter(({ userId }) => userId === accountId);
  return {
    courses: own.map((participant) => ({ courseId: participant.courseId, title: participant.courseName })),
    amount: Number(discountedAmount) / participants.length,
  };
};
