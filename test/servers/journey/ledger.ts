import type { DomainEvent, EventOfType } from '../../../src/domain/events.js';
import { addMoney } from '../../../src/domain/kernel/money.js';

export type Ending = 'captured' | 'declined' | 'cancelled' | 'expired';

/** One opened payment in the log. */
export interface Entry {
  readonly paymentId: string;
  readonly payerId: string;
  readonly method: EventOfType<'PaymentOpened'>['data']['method'];
  readonly courseIds: readonly string[];
  readonly coupon: string | null;
  readonly total: string;
  readonly expiresAt: string;
  readonly endings: readonly { readonly ending: Ending; readonly at: string }[];
  /** Money that came after the end. */
  readonly late: string | null;
  readonly asked: ReadonlySet<string>;
  readonly refunds: readonly EventOfType<'PaymentRefunded'>['data'][];
  /** The sum of the refunds. */
  readonly refunded: string;
}

export const eventsOf = <Type extends DomainEvent['type']>(log: readonly DomainEvent[], type: Type): readonly EventOfType<Type>[] =>
  log.filter((event): event is EventOfType<Type> => event.type === type);

export const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

export const doubles = (values: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};

const changed = (entry: Entry, event: DomainEvent): Entry => {
  const ended = (ending: Ending, at: string): Entry => ({ ...entry, endings: [...entry.endings, { ending, at }] });
  switch (event.type) {
    case 'PaymentCaptured': return ended('captured', event.data.capturedAt);
    case 'PaymentDeclined': return ended('declined', event.data.declinedAt);
    case 'PaymentCancelled': return ended('cancelled', event.data.cancelledAt);
    case 'PaymentExpired': return ended('expired', event.data.expiredAt);
    case 'PaymentCapturedLate': return { ...entry, late: event.data.amount };
    case 'PaymentRefundRequested': return { ...entry, asked: new Set([...entry.asked, event.data.refundId]) };
    case 'PaymentRefunded':
      return { ...entry, refunds: [...entry.refunds, event.data], refunded: addMoney(entry.refunded, event.data.amount) };
    default: return entry;
  }
};

/** The payments of the log, each as its own events tell it. */
export const ledgerOf = (log: readonly DomainEvent[]): ReadonlyMap<string, Entry> => {
  const ledger = new Map<string, Entry>();
  for (const event of log) {
    if (event.type === 'PaymentOpened') {
      const { paymentId, payerId, method, quote, expiresAt } = event.data;
      const { total, couponCode: coupon, lines } = quote;
      const courseIds = lines.map(({ courseId }) => courseId);
      ledger.set(paymentId, { paymentId, payerId, method, courseIds, coupon, total, expiresAt, endings: [], late: null, asked: new Set(), refunds: [], refunded: '0' });
    } else if ('paymentId' in event.data) {
      const entry = ledger.get(event.data.paymentId);
      if (entry !== undefined) ledger.set(entry.paymentId, changed(entry, event));
    }
  }
  return ledger;
};

export const isCaptured = ({ endings }: Entry): boolean => endings.some(({ ending }) => ending === 'captured');
