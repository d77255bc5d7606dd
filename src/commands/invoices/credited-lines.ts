import type { InvoiceItem } from '../../domain/invoice/events.js';
import { addMoney, compareMoney, smaller, subtractMoney, zero } from '../../domain/kernel/money.js';
import { lessLines, takenFrom, type LinesLeft } from '../../domain/payment/refund-lines.js';

/** What a refund, or the credit note of one, takes from a course. */
export type Credited = Pick<InvoiceItem, 'courseId' | 'total'>;

const hasSameLines = (items: readonly InvoiceItem[], credited: readonly Credited[]): boolean =>
  items.length === credited.length && items.every(({ courseId }, index) => courseId === credited[index]?.courseId);

/**
 * What is credited on each line of an invoice: its own share where the invoice has the lines of the refund, as those made from the
 * payment do. Where a person listed others, the lines of the same course come first, then all that have something left.
 */
export const creditedOn = (
  items: readonly InvoiceItem[],
  left: LinesLeft,
  credited: readonly Credited[],
  currency: string,
): readonly string[] => {
  const lineByLine = hasSameLines(items, credited);
  const none = zero(currency);
  const unspent = [...left];
  let open = none;
  for (const [line, { courseId, total }] of credited.entries()) {
    let owed = total;
    for (const [index, item] of items.entries()) {
      if (item.courseId !== courseId || (lineByLine && index !== line)) continue;
      const room = unspent[index] ?? none;
      const share = compareMoney(room, none) > 0 ? smaller(owed, room) : none;
      unspent[index] = subtractMoney(room, share);
      owed = subtractMoney(owed, share);
    }
    open = addMoney(open, owed);
  }
  return lessLines(left, lessLines(unspent, takenFrom(unspent, open, currency)));
};
