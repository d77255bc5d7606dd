import t from 'tap';
import { isComplete } from '../../../src/http/purchases/is-complete.js';
import type { NumberedPayment } from '../../../src/projections/payments/queries.js';

type Refund = NumberedPayment['refunds'][number];

const captured: NumberedPayment = {
  id: 'payment-1', userId: 'sam', method: 'card', courseIds: ['course-1', 'course-2'], status: 'completed', failureReason: null,
  quote: { lines: [], couponCode: null, currency: 'USD', subtotal: '20.00', discount: '0.00', total: '20.00' },
  capturedAmount: '20.00', refundedAmount: '0.00', refunds: [], disputes: [], nextAction: null, heldCourseIds: [],
  grantedCourseIds: ['course-1', 'course-2'], invoiceId: 'payment-1', invoiceNumber: 'INV-1',
  createdAt: '2026-03-01T12:00:00.000Z', updatedAt: '2026-03-01T12:00:00.000Z', expiresAt: '2026-03-01T12:15:00.000Z',
};
const refund = (status: Refund['status'], more: Partial<Refund> = {}): Refund => ({ refundId: 'refund-1', amount: '20.00', status, courseIds: [], ...more });

t.test('a paid purchase is complete with its invoice and the access to every course', async (t) => {
  t.ok(isComplete(captured));
  t.notOk(isComplete({ ...captured, invoiceNumber: null }));
  t.notOk(isComplete({ ...captured, grantedCourseIds: ['course-1'] }));
});

t.test('a refund is complete when its money is back and the access has ended, or when the provider takes its time', async (t) => {
  t.notOk(isComplete({ ...captured, refunds: [refund('requested')] }));
  t.ok(isComplete({ ...captured, refunds: [refund('requested', { isProcessing: true })] }));
  t.notOk(isComplete({ ...captured, refunds: [refund('refunded', { courseIds: ['course-1'] })] }));
  t.ok(isComplete({ ...captured, refunds: [refund('refunded', { courseIds: ['course-1'] })], grantedCourseIds: ['course-2'] }));
  t.notOk(isComplete({ ...captured, status: 'refunded', refunds: [refund('refunded')] }));
  t.ok(isComplete({ ...captured, status: 'refunded', refunds: [refund('refunded')], grantedCourseIds: [] }));
});

t.test('a refund that the bank sent back leaves nothing to wait for: the access has ended, and the next refund may be on its way', async (t) => {
  const sentBack = { ...captured, grantedCourseIds: [], refunds: [refund('failed')] };
  t.ok(isComplete(sentBack));
  t.ok(isComplete({ ...sentBack, refunds: [...sentBack.refunds, refund('requested', { refundId: 'refund-2', isProcessing: true })] }));
  t.notOk(isComplete({ ...sentBack, refunds: [...sentBack.refunds, refund('requested', { refundId: 'refund-2' })] }));
});
