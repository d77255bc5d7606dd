import type { Test } from 'tap';
import { addMoney, compareMoney } from '../../../src/domain/kernel/money.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Customers } from './customers.js';
import { doubles, eventsOf, isCaptured, sorted, type Entry } from './ledger.js';
import { LIMIT } from './shop.js';
import { EXPECTED, IN_TIME_WHATEVER_HAPPENS } from './ways.js';

/** Paid for, and not given back in full: who has a right to what was bought. */
export const isHeld = (entry: Entry): boolean => isCaptured(entry) && compareMoney(entry.refunded, entry.total) < 0;

export const checkPayments = (t: Test, ledger: ReadonlyMap<string, Entry>, { purchases }: Customers): void => {
  t.same(sorted(ledger.keys()), sorted(purchases.map(({ paymentId }) => paymentId)), 'pitfall 17: each acknowledged purchase was opened once, though each was posted twice');
  const entries = [...ledger.values()];
  t.same(entries.filter(({ endings }) => endings.length !== 1), [], 'pitfall 8: each payment has one outcome, and its money was taken once at most');
  let expired = 0;
  const wrong = purchases.filter(({ paymentId, way }) => {
    const entry = ledger.get(paymentId);
    const end = entry?.endings[0];
    if (end?.ending === EXPECTED[way]) return false;
    // Nobody was there to ask the gateway for all its time.
    const isLate = !IN_TIME_WHATEVER_HAPPENS.has(way) && end?.ending === 'expired' && entry !== undefined && end.at >= entry.expiresAt;
    expired += isLate ? 1 : 0;
    return !isLate;
  });
  t.same(wrong.map((purchase) => [purchase, ledger.get(purchase.paymentId)?.endings]), [], 'pitfall 9: each outcome is on record: what the gateway said, cash that came, cancellations, time that ran out');
  t.comment(`${purchases.length} purchases, ${entries.filter(isCaptured).length} paid, ${expired} whose time ran out during a fault`);
};

export const checkRefunds = (t: Test, ledger: ReadonlyMap<string, Entry>, { refunds }: Customers): void => {
  const entries = [...ledger.values()];
  const late = entries.filter((entry) => entry.late !== null);
  t.same(late.filter((entry) => entry.refunded !== entry.late), [], 'money that came too late went back in full');
  const more = entries.filter((entry) => compareMoney(entry.refunded, isCaptured(entry) ? entry.total : (entry.late ?? '0')) > 0);
  t.same(more, [], 'pitfall 12: no more was given back than was taken');
  const promised = new Map<string, string>();
  for (const { paymentId, amount } of refunds) {
    const all = ledger.get(paymentId)?.total ?? '0';
    promised.set(paymentId, amount === null ? all : addMoney(promised.get(paymentId) ?? '0', String(amount)));
  }
  const different = entries.filter((entry) => isCaptured(entry) && compareMoney(entry.refunded, promised.get(entry.paymentId) ?? '0') !== 0);
  t.same(different, [], 'pitfall 5: exactly the refunds that were acknowledged were made');
  t.same(entries.filter(({ asked, refunds: made }) => asked.size !== made.length), [], 'each refund that was asked for was made once');
  t.comment(`${refunds.length} refunds, ${late.length} payments that were too late`);
};

/** Follows who holds what. */
const follow = (log: readonly DomainEvent[], code: string): { readonly most: number; readonly reserved: readonly string[]; readonly spent: readonly string[] } => {
  const reserved = new Set<string>();
  const spent = new Set<string>();
  let most = 0;
  for (const { type, data } of log) {
    if (!('code' in data) || data.code !== code || !('paymentId' in data)) continue;
    if (type === 'CouponReserved') reserved.add(data.paymentId);
    if (type === 'CouponRedeemed' || type === 'CouponReleased') reserved.delete(data.paymentId);
    if (type === 'CouponRedeemed') spent.add(data.paymentId);
    if (type === 'CouponRedemptionReversed') spent.delete(data.paymentId);
    most = Math.max(most, reserved.size + spent.size);
  }
  return { most, reserved: sorted(reserved), spent: sorted(spent) };
};

export const checkCoupons = (t: Test, log: readonly DomainEvent[], ledger: ReadonlyMap<string, Entry>, { shop }: Customers): void => {
  const redeemed = eventsOf(log, 'CouponRedeemed').map(({ data: { paymentId } }) => paymentId);
  t.same(doubles(redeemed), [], 'pitfall 4: no use of a coupon was counted twice, by a payment in two steps neither');
  for (const code of [shop.half, shop.scarce]) {
    const bought = [...ledger.values()].filter(({ coupon }) => coupon === code);
    const { most, reserved, spent } = follow(log, code);
    t.same(reserved, [], `pitfall 7: declined, cancelled and expired payments hold no use of ${code}`);
    t.same(spent, sorted(bought.filter(isHeld).map(({ paymentId }) => paymentId)), `pitfalls 3 and 7: ${code} is spent by what was redeemed less what was given back`);
    if (code === shop.scarce) t.ok(most <= LIMIT, `pitfalls 1 and 2: at no moment were more than ${LIMIT} uses of ${code} held (${most})`);
  }
};

/** Numbers of the series, in the order of the log. */
const numbersOf = (log: readonly DomainEvent[], series: 'INV' | 'CN') =>
  eventsOf(log, 'InvoiceNumberAssigned').map(({ data }) => data).filter((number) => number.series === series);

export const checkInvoices = (t: Test, log: readonly DomainEvent[], ledger: ReadonlyMap<string, Entry>, isFirst: boolean): void => {
  const paid = [...ledger.values()].filter(isCaptured);
  const expected = {
    INV: paid.map(({ paymentId }) => paymentId),
    CN: paid.flatMap(({ refunds }) => refunds.map(({ refundId }) => refundId)),
  };
  for (const series of ['INV', 'CN'] as const) {
    const numbers = numbersOf(log, series);
    const first = isFirst ? 1 : (numbers[0]?.sequence ?? 1);
    t.same(numbers.map(({ sequence }) => sequence), numbers.map((_, index) => first + index), `pitfall 14: numbers of ${series} without a gap`);
    t.same(sorted(numbers.map(({ invoiceId }) => invoiceId)), sorted(expected[series]), series === 'INV' ? 'one invoice for each payment' : 'one credit note for each refund');
  }
  t.same(sorted(eventsOf(log, 'InvoiceIssued').map(({ data: { invoiceId } }) => invoiceId)), sorted([...expected.INV, ...expected.CN]), 'each was issued once');
  const contents = new Map(eventsOf(log, 'InvoiceRequested').map(({ data: { invoiceId, content } }) => [invoiceId, content]));
  const wrong = paid.filter(
    ({ paymentId, total, refunds }) =>
      contents.get(paymentId)?.total !== total || refunds.some(({ refundId, amount }) => contents.get(refundId)?.total !== amount),
  );
  t.same(wrong, [], 'they say what was paid and given back');
};
