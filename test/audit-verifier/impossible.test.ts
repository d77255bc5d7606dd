import t, { type Test } from 'tap';
import { verifyLines } from '../../src/audit-verifier/verify-export.js';
import { keyOf, readKeyOf } from './made-history.js';
import { verifySecond } from './second-verifier.js';
import { signedFile, type Told } from './signed-file.js';

const key = readKeyOf(keyOf(1));
const verify = (told: readonly Told[]) => verifyLines(signedFile(told), { keys: [key] });
/** Both verifiers know the rule. */
const finds = (t: Test, told: readonly Told[], from: number, to: number, what: RegExp): void => {
  t.match(verify(told), { exitCode: 1, vouchedUpTo: told.length, first: { kind: 'impossible', from, to, what } });
  t.throws(() => verifySecond(signedFile(told), key.vkey, []));
};

const pay = (type: string, data: object = {}): Told => ({ stream: 'payment-p', type, data: { paymentId: 'p', ...data } });
const line = { courseId: 'c', title: 'C', listPrice: '10.00', discount: '0.00', total: '10.00' };
const quote = { lines: [line], subtotal: '10.00', discount: '0.00', total: '10.00', currency: 'USD', couponCode: null };
const money = { amount: '10.00', currency: 'USD' };
const opened = pay('PaymentOpened', { quote });
const captured = pay('PaymentCaptured', money);
const refund = (type: string, amount: string, refundId = 'r'): Told => pay(type, { refundId, amount, currency: 'USD' });

const coupon = (type: string, data: object = {}, occurredAt = '2026-01-01T00:00:00.000Z'): Told => ({ stream: 'coupon-C', type, data: { couponId: 'c', code: 'C', ...data }, occurredAt });
const issued = coupon('CouponIssued', { terms: { maxUses: 1 } });
const reserved = (paymentId: string, holdUntil = '2026-01-01T00:15:00.000Z'): Told => coupon('CouponReserved', { paymentId, holdUntil });

t.test('what the deciders decide is possible', async (t) => {
  const told = [
    pay('PaymentNoticeReceived'), opened, pay('PaymentCaptureRequested', money), captured,
    refund('PaymentRefundRequested', '4.00'), refund('PaymentRefundFailed', '4.00'), refund('PaymentRefundRequested', '10.00', 'all'), refund('PaymentRefunded', '10.00', 'all'),
    refund('PaymentRefundReversed', '10.00', 'all'), refund('PaymentRefunded', '4.00'), pay('PaymentDisputeOpened', { disputeId: 'd' }), pay('PaymentDisputeClosed', { disputeId: 'd' }),
    issued, reserved('p'), coupon('CouponRedeemed', { paymentId: 'p' }), coupon('CouponRedemptionReversed', { paymentId: 'p' }), reserved('q'), coupon('CouponReleased', { paymentId: 'q' }), coupon('CouponWithdrawn'),
    { ...pay('PaymentExpired'), stream: 'payment-q' }, { ...pay('PaymentCapturedLate', money), stream: 'payment-q' },
  ];
  t.match(verify(told), { exitCode: 0, whole: { streams: 3, events: told.length } });
  t.doesNotThrow(() => verifySecond(signedFile(told), key.vkey, []));
});

t.test('money that could not have moved so', async (t) => {
  finds(t, [opened, captured, refund('PaymentRefundRequested', '10.01')], 0, 2, /more is refunded than was captured/);
  finds(t, [opened, captured, refund('PaymentRefundRequested', '6.00'), refund('PaymentRefundRequested', '6.00', 's')], 0, 3, /more is refunded/);
  finds(t, [opened, captured, refund('PaymentRefunded', '1.00')], 0, 2, /the refund is not requested/);
  finds(t, [opened, captured, refund('PaymentRefundRequested', '1.00'), refund('PaymentRefundRequested', '1.00')], 0, 3, /the refund is requested/);
  finds(t, [opened, pay('PaymentCaptured', { ...money, amount: '9.99' })], 0, 1, /not what was quoted/);
  finds(t, [opened, pay('PaymentCaptured', { ...money, currency: 'IDR' })], 0, 1, /not what was quoted/);
  finds(t, [opened, captured, captured], 0, 2, /not open/);
  finds(t, [opened, pay('PaymentDeclined'), captured], 0, 2, /not open/);
  finds(t, [opened, pay('PaymentCapturedLate', money)], 0, 1, /had not ended/);
  finds(t, [pay('PaymentOpened', { quote: { ...quote, total: '9.00' } })], 0, 0, /does not add up/);
  finds(t, [pay('PaymentOpened', { quote: { ...quote, lines: [{ ...line, listPrice: '9.00' }] } })], 0, 0, /do not add up/);
  finds(t, [opened, captured, pay('PaymentDisputeClosed', { disputeId: 'd' })], 0, 2, /the dispute is not open/);
});

t.test('uses of coupons that could not have been', async (t) => {
  finds(t, [issued, reserved('p'), reserved('q')], 0, 2, /more often than allowed/);
  finds(t, [issued, coupon('CouponRedeemed', { paymentId: 'p' })], 0, 1, /which is none/);
  finds(t, [issued, reserved('p'), coupon('CouponRedeemed', { paymentId: 'p' }), coupon('CouponReleased', { paymentId: 'p' })], 1, 3, /which is redeemed/);
  finds(t, [reserved('p')], 0, 0, /never issued/);
  finds(t, [issued, coupon('CouponWithdrawn'), reserved('p')], 0, 2, /withdrawn/);
  finds(t, [issued, reserved('p'), coupon('CouponTermsChanged', { terms: { maxUses: 0 } })], 0, 2, /fewer uses than there are/);
});

t.test('a hold for ever', async (t) => {
  const later = (occurredAt: string): Told => ({ stream: 'coupon-D', type: 'CouponIssued', data: { terms: { maxUses: null } }, occurredAt });
  t.match(verify([issued, reserved('p'), later('2026-01-02T00:14:59.999Z')]), { exitCode: 0 });
  finds(t, [issued, reserved('p'), later('2026-01-02T00:15:00.000Z')], 1, 1, /held for ever/);
});

t.test('half a character that an old build hashed and its store lost is no tampering; another text is', async (t) => {
  const lost: Told = { ...pay('PaymentDeclined'), data: { paymentId: 'p', reason: 'a\ufffdb' }, hashed: { paymentId: 'p', reason: 'a\ud83db' } };
  t.match(verify([opened, lost]), { exitCode: 0, replaced: 1 });
  t.match(verify([opened, { ...lost, hashed: { paymentId: 'p', reason: 'ac\ud83db' } }]), { exitCode: 1, first: { kind: 'changed', from: 1, to: 1 } });
});
