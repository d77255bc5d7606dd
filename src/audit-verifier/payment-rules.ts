import { decimal, sumOf } from './decimals.js';
import type { Fields } from './export-line.js';

type Refund = 'requested' | 'done' | 'failed';

export interface PaymentState {
  status: 'none' | 'opened' | 'ended' | 'captured';
  total: bigint;
  currency: unknown;
  captured: bigint;
  /** Of refunds that are requested or done. */
  committed: bigint;
  refunds?: Map<unknown, { standing: Refund; amount: bigint }>;
  disputes?: Map<unknown, 'open' | 'closed'>;
}

export const newPayment = (): PaymentState => ({ status: 'none', total: 0n, currency: undefined, captured: 0n, committed: 0n });

type Rule = (payment: PaymentState, data: Fields) => string | undefined;

const linesOf = (quote: Fields): readonly Fields[] => (Array.isArray(quote['lines']) ? quote['lines'] : []);

const quoteProblem = (quote: Fields): string | undefined => {
  const lines = linesOf(quote);
  const [subtotal, discount, total] = [decimal(quote['subtotal']), decimal(quote['discount']), decimal(quote['total'])];
  if (subtotal === undefined || discount === undefined || total === undefined || total !== subtotal - discount) return 'the quote does not add up';
  const totals = lines.map((line) => line['total']);
  if (sumOf(lines.map((line) => line['listPrice'])) !== subtotal || sumOf(totals) !== total) return 'the lines of the quote do not add up';
  return totals.some((each) => (decimal(each) ?? -1n) < 0n) ? 'a line of the quote is negative' : undefined;
};

const open: Rule = (payment, { quote }) => {
  if (payment.status !== 'none') return 'it was opened before, or had ended';
  if (typeof quote !== 'object' || quote === null) return 'it has no quote';
  const fields: Fields = { ...quote };
  payment.status = 'opened';
  payment.total = decimal(fields['total']) ?? 0n;
  payment.currency = fields['currency'];
  return quoteProblem(fields);
};

const asQuoted: Rule = ({ status, total, currency }, data) => {
  if (status !== 'opened') return 'the payment is not open';
  return decimal(data['amount']) === total && data['currency'] === currency ? undefined : 'the amount is not what was quoted';
};

const capture =
  (isLate: boolean): Rule =>
  (payment, data) => {
    const problem = isLate ? (payment.status === 'ended' ? undefined : 'the payment had not ended') : asQuoted(payment, data);
    payment.status = 'captured';
    payment.captured = decimal(data['amount']) ?? 0n;
    return problem;
  };

const end =
  (...from: readonly PaymentState['status'][]): Rule =>
  (payment) => {
    if (!from.includes(payment.status)) return 'the payment is not open';
    payment.status = 'ended';
    return undefined;
  };

const BECOMES = { PaymentRefundRequested: 'requested', PaymentRefunded: 'done', PaymentRefundFailed: 'failed', PaymentRefundReversed: 'failed' } as const;
const COMES_FROM: Readonly<Record<keyof typeof BECOMES, readonly (Refund | undefined)[]>> = {
  PaymentRefundRequested: [undefined],
  PaymentRefunded: ['requested', 'failed'],
  PaymentRefundFailed: ['requested', 'failed'],
  PaymentRefundReversed: ['done'],
};

const refund =
  (type: keyof typeof BECOMES): Rule =>
  (payment, { refundId, amount: text }) => {
    const amount = decimal(text);
    if (payment.status !== 'captured') return 'nothing was captured';
    if (amount === undefined || amount < 0n) return 'its amount is none';
    const before = payment.refunds?.get(refundId);
    const counted = before !== undefined && before.standing !== 'failed' ? before.amount : 0n;
    payment.committed += (BECOMES[type] === 'failed' ? 0n : amount) - counted;
    (payment.refunds ??= new Map()).set(refundId, { standing: BECOMES[type], amount });
    if (!COMES_FROM[type].includes(before?.standing)) return `the refund is ${before?.standing ?? 'not requested'}`;
    return payment.committed > payment.captured ? 'more is refunded than was captured' : undefined;
  };

const dispute =
  (becomes: 'open' | 'closed'): Rule =>
  (payment, { disputeId }) => {
    if (payment.status !== 'captured') return 'nothing was captured';
    const before = payment.disputes?.get(disputeId);
    (payment.disputes ??= new Map()).set(disputeId, becomes);
    return before === (becomes === 'open' ? undefined : 'open') ? undefined : `the dispute is ${before ?? 'not open'}`;
  };

/** What each kind of event needs, and what it does. Others change nothing that is checked. */
export const paymentRules: Readonly<Record<string, Rule>> = {
  PaymentOpened: open,
  PaymentCaptureRequested: asQuoted,
  PaymentCaptured: capture(false),
  PaymentCapturedLate: capture(true),
  PaymentDeclined: end('opened'),
  PaymentCancelled: end('opened'),
  PaymentExpired: end('opened', 'none'),
  PaymentRefundRequested: refund('PaymentRefundRequested'),
  PaymentRefunded: refund('PaymentRefunded'),
  PaymentRefundFailed: refund('PaymentRefundFailed'),
  PaymentRefundReversed: refund('PaymentRefundReversed'),
  PaymentDisputeOpened: dispute('open'),
  PaymentDisputeClosed: dispute('closed'),
};
