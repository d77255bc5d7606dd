import { issueCoupon, type IssueCouponInput } from '../../src/commands/issue-coupon.js';
import { couponAggregate, enrollmentAggregate, paymentAggregate } from '../../src/commands/money-aggregates.js';
import { openPayment, type OpenPaymentInput } from '../../src/commands/open-payment.js';
import type { CommandServices } from '../../src/commands/services.js';
import type { PaymentCommand } from '../../src/domain/payment/decider.js';
import { contextFor, root } from './course-fixture.js';

export const at = '2026-03-01T12:00:00.000Z';
export const sam = { accountId: 'sam', role: 'student' } as const;
export const kim = { accountId: 'kim', role: 'student' } as const;

export const newCoupon: IssueCouponInput = {
  actor: root,
  code: 'SPRING',
  kind: 'platform_wide',
  courseId: null,
  valueType: 'percentage',
  value: '20',
  applicableOn: 'both',
  maxUses: null,
  expiresAt: null,
};

export const issued = async (services: CommandServices, input: Partial<IssueCouponInput> = {}) => {
  const outcome = await issueCoupon(services)({ ...newCoupon, ...input }, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value;
};

/** What sam sends to buy a course for 12.50 USD by card. */
export const wanted = (courseIds: readonly string[], input: Partial<OpenPaymentInput> = {}): OpenPaymentInput => ({
  actor: sam,
  payerId: input.actor?.accountId ?? 'sam',
  courseIds,
  discountCode: null,
  amount: '12.50',
  currency: 'USD',
  method: 'card',
  token: 'tok',
  billing: { firstName: 'Sam', lastName: 'Lee', email: 'sam@example.org', phoneNumber: '1' },
  ...input,
});

export const opened = async (services: CommandServices, input: OpenPaymentInput): Promise<string> => {
  const outcome = await openPayment(services)(input, contextFor());
  if (!outcome.ok) throw new Error(outcome.rejection);
  return outcome.value.paymentId;
};

/** What the gateway or time would tell the payment. */
export const told = async (services: CommandServices, paymentId: string, command: PaymentCommand): Promise<void> => {
  const handled = await services.handler.handle(paymentAggregate, paymentId, command, contextFor());
  if (!handled.ok) throw new Error(handled.rejection);
};

export const recordCapture = (amount = '12.50'): PaymentCommand => ({
  type: 'RecordCapture',
  data: { reference: 'charge', amount, currency: 'USD', at },
});

export const paymentOf = async ({ handler }: CommandServices, paymentId: string) =>
  (await handler.load(paymentAggregate, paymentId)).state;
export const couponOf = async ({ handler }: CommandServices, code = 'SPRING') => (await handler.load(couponAggregate, code)).state;
export const enrollmentOf = async ({ handler }: CommandServices, courseId: string, studentId = 'sam') =>
  (await handler.load(enrollmentAggregate, `${studentId}.${courseId}`)).state;
