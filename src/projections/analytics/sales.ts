import { distribute, isZero, subtractMoney, sumMoney, zero } from '../../domain/kernel/money.js';
import { RUPIAH, sharesOf } from '../../domain/package-purchases/shares.js';
import { linesNamed, spreadAlone } from '../../domain/payment/refund-lines.js';
import { lookingUp, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import type { Change } from './cells.js';
import { countedBy, oncePerEvent } from './counting.js';
import { figureCourses, figureSales, type CountName, type FigureSale } from './document.js';
import { isOf, placesOfSale, saleLine, type Place } from './places.js';

interface OfPayment {
  readonly data: { readonly paymentId: string };
}
const paymentOf = ({ data }: OfPayment): string => data.paymentId;
const saleLookup = { collection: figureSales, ids: paymentOf };

/** Of amounts that belong to the lines of a sale: those that count for a place, added up. */
const shareOf = ({ lines, currency }: FigureSale, amounts: readonly string[], place: Place): string =>
  sumMoney(lines.flatMap((line, index) => (isOf(place, line) ? [amounts[index] ?? zero(currency)] : [])), currency);

const negative = (amount: string, currency: string): string => subtractMoney(zero(currency), amount);

/** Money that came: the list prices, and what was less than these. */
const revenue = (sale: FigureSale, charged: readonly string[], place: Place): Change => {
  const { currency, lines, couponCode } = sale;
  const gross = shareOf(sale, lines.map(({ listPrice }) => listPrice), place);
  const paid = shareOf(sale, charged, place);
  const free = charged.every((amount) => isZero(amount)) ? { capturedFree: 1 } : {};
  return {
    counts: { captured: 1, ...free },
    money: { currency, amounts: { gross, discounts: subtractMoney(gross, paid), ...(couponCode === null ? {} : { netWithCoupon: paid }) } },
  };
};

/** Money that went back (`sign` 1), or came again because it did not arrive (-1). */
const returned = (sale: FigureSale, amounts: readonly string[], place: Place, sign: 1 | -1, counts: Change['counts']): Change => {
  const { currency, couponCode } = sale;
  const share = shareOf(sale, amounts, place);
  const [refunds, net] = sign === 1 ? [share, negative(share, currency)] : [negative(share, currency), share];
  return { counts: counts ?? {}, money: { currency, amounts: { refunds, ...(couponCode === null ? {} : { netWithCoupon: net }) } } };
};

/** Events that are older than lines name none of them. */
const returnedLines = (sale: FigureSale, { amount, lines }: Pick<RecordOf<'PaymentRefunded'>['data'], 'amount' | 'lines'>): readonly string[] =>
  lines === undefined ? spreadAlone(sale, amount) : linesNamed(sale, lines);

const totalsOf = ({ lines }: FigureSale): readonly string[] => lines.map(({ total }) => total);

const everySale = (_event: unknown, found: readonly FigureSale[]): readonly Place[] => found.flatMap(placesOfSale);
/** Money that came after the end of a payment was never revenue: its refund takes nothing away. */
const capturedSale = (_event: unknown, found: readonly FigureSale[]): readonly Place[] => found.filter(({ captured }) => captured).flatMap(placesOfSale);

const nothing: Change = {};
const once = (name: CountName) => (): Change => ({ counts: { [name]: 1 } });

const opening: readonly ProjectionRule[] = [
  lookingUp(
    figureSales,
    'PaymentOpened',
    { collection: figureCourses, ids: ({ data }) => data.quote.lines.map(({ courseId }) => courseId) },
    ({ data }) => [data.paymentId],
    (_, { data: { paymentId, quote } }, courses) => ({
      id: paymentId,
      currency: quote.currency,
      couponCode: quote.couponCode,
      surface: 'marketplace' as const,
      lines: quote.lines.map(({ courseId, listPrice, total }) => saleLine(courses, courseId, listPrice, total)),
      captured: false,
    }),
  ),
  lookingUp(
    figureSales,
    'PackagePaymentSubmitted',
    { collection: figureCourses, ids: ({ data }) => data.courses.map(({ courseId }) => courseId) },
    ({ data }) => [data.paymentId],
    (_, { data }, courses) => ({
      id: data.paymentId,
      currency: RUPIAH,
      couponCode: null,
      surface: 'academy' as const,
      lines: sharesOf(data).map(({ courseId, listPrice, total }) => saleLine(courses, courseId, listPrice, total)),
      captured: false,
    }),
  ),
  countedBy('PaymentOpened', saleLookup, { at: ({ data }) => data.openedAt, places: everySale, change: once('opened') }),
  countedBy('PackagePaymentSubmitted', saleLookup, { at: ({ data }) => data.submittedAt, places: everySale, change: once('opened') }),
];

/** What was charged, divided over the lines. */
const chargedLines = oncePerEvent(({ data }: RecordOf<'PaymentCaptured'>, [sale]: readonly FigureSale[]): readonly string[] =>
  sale === undefined ? [] : distribute(data.amount, totalsOf(sale), sale.currency));

const capturing: readonly ProjectionRule[] = [
  rule(figureSales, 'PaymentCaptured', paymentOf, (sale) => sale && { ...sale, captured: true }),
  rule(figureSales, 'PackagePaymentApproved', paymentOf, (sale) => sale && { ...sale, captured: true }),
  countedBy('PaymentCaptured', saleLookup, {
    at: ({ data }) => data.capturedAt,
    places: everySale,
    change: (event, place, found) => (found[0] === undefined ? nothing : revenue(found[0], chargedLines(event, found), place)),
  }),
  countedBy('PackagePaymentApproved', saleLookup, {
    at: ({ data }) => data.approvedAt,
    places: everySale,
    change: (_, place, [sale]) => (sale === undefined ? nothing : revenue(sale, totalsOf(sale), place)),
  }),
  countedBy('PaymentCapturedLate', saleLookup, { at: ({ data }) => data.capturedAt, places: everySale, change: once('capturedLate') }),
];

const ending: readonly ProjectionRule[] = [
  countedBy('PaymentDeclined', saleLookup, { at: ({ data }) => data.declinedAt, places: everySale, change: once('declined') }),
  countedBy('PaymentCancelled', saleLookup, { at: ({ data }) => data.cancelledAt, places: everySale, change: once('cancelled') }),
  countedBy('PaymentExpired', saleLookup, { at: ({ data }) => data.expiredAt, places: everySale, change: once('expired') }),
  // One that was approved stays: its money is not given back by that.
  countedBy('PackagePaymentDeleted', saleLookup, {
    at: ({ data }) => data.deletedAt,
    places: (_, found) => found.filter(({ captured }) => !captured).flatMap(placesOfSale),
    change: once('cancelled'),
  }),
];

const returning: readonly ProjectionRule[] = [
  countedBy('PaymentRefunded', saleLookup, {
    at: ({ data }) => data.refundedAt,
    places: capturedSale,
    change: ({ data }, place, [sale]) =>
      sale === undefined ? nothing : returned(sale, returnedLines(sale, data), place, 1, { refundsPaid: 1, ...(data.full ? { refundedInFull: 1 } : {}) }),
  }),
  countedBy('PaymentRefundReversed', saleLookup, {
    at: ({ data }) => data.reversedAt,
    places: capturedSale,
    change: ({ data }, place, [sale]) => (sale === undefined ? nothing : returned(sale, returnedLines(sale, data), place, -1, { refundsReversed: 1 })),
  }),
];

export const ofSales: readonly ProjectionRule[] = [...opening, ...capturing, ...ending, ...returning];
