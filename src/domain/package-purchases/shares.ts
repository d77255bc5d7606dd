import { compareMoney, distribute, multiplyMoney } from '../kernel/money.js';
import type { SubmittedPayment } from './state.js';

export const RUPIAH = 'IDR';

export interface CourseShare {
  readonly courseId: string;
  readonly title: string;
  readonly listPrice: string;
  /** What was paid for it. */
  readonly total: string;
}

type Paid = Pick<SubmittedPayment, 'price' | 'courses' | 'group'>;

const inRupiah = (amount: number): string => multiplyMoney('1.00', amount);

/** What a payment is for, course by course; of a group payment, participant by participant. */
export const sharesOf = ({ price, courses, group }: Paid): readonly CourseShare[] => {
  if (group === null) {
    const amounts = distribute(inRupiah(price), courses.map(() => '1'), RUPIAH);
    return courses.map(({ courseId, title }, index) => ({ courseId, title, listPrice: amounts[index] ?? '0.00', total: amounts[index] ?? '0.00' }));
  }
  const { participants, discountedAmount } = group;
  const amounts = distribute(discountedAmount, participants.map(() => '1'), RUPIAH);
  return participants.map(({ courseId, courseName: title }, index) => {
    const total = amounts[index] ?? '0.00';
    // A price for groups above that of the package is no discount.
    const listPrice = compareMoney(inRupiah(price), total) < 0 ? total : inRupiah(price);
    return { courseId, title, listPrice, total };
  });
};
