import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { NextAction } from '../../../domain/payment/next-action.js';
import { LARGEST_AMOUNT } from '../../../domain/kernel/money.js';
import { PageQuery } from '../../shared/pagination.js';
import { FilledLine, Line, NAME_PATTERN } from '../../shared/text-schemas.js';

const Id = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 64 });
const Name = FilledLine({ maxLength: 200 });
const Text = Line({ maxLength: 500 });

export const PaymentStatus = Type.Enum(['pending', 'completed', 'failed', 'cancelled', 'refunded']);
const PaymentMethod = Type.Enum(['card', 'wallet', 'cash']);

/** The document allows further fields ("..."): plain values are kept as they come. */
const furtherFields = {
  patternProperties: { [NAME_PATTERN]: Type.Union([Text, Type.Number(), Type.Boolean(), Type.Null()]) },
  maxProperties: 30,
};
export const PaymentBilling = Type.Object(
  {
    firstName: Name,
    lastName: Name,
    email: Type.String({ format: 'email', maxLength: 254 }),
    phoneNumber: Line({ minLength: 1, maxLength: 40 }),
    address: Type.Optional(Text),
    city: Type.Optional(Text),
    country: Type.Optional(Text),
  },
  furtherFields,
);

export const CreatePaymentBody = Type.Object({
  userId: Id,
  courseId: Type.Optional(Id),
  courseIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  amount: Type.Number({ minimum: 0, maximum: Number(LARGEST_AMOUNT), description: 'What the payer was shown; must be the quoted total' }),
  currency: Type.String({ pattern: '^[A-Za-z]{3}$', maxLength: 3, description: 'ISO 4217' }),
  paymentMethod: PaymentMethod,
  billingData: PaymentBilling,
  discountCode: Type.Optional(Nullable(Line({ maxLength: 100, description: 'An addition to the document' }))),
  paymentToken: Type.Optional(
    Nullable(Line({ maxLength: 500, description: 'What the payment provider gave for the card or wallet; an addition to the document' })),
  ),
});
export type CreatePaymentBody = Static<typeof CreatePaymentBody>;

export const ChangePaymentBody = Type.Object({
  ...Type.Partial(Type.Omit(CreatePaymentBody, ['paymentToken'])).properties,
  status: Type.Optional(PaymentStatus),
});
export type ChangePaymentBody = Static<typeof ChangePaymentBody>;

export const PaymentParams = Type.Object({ id: Line({ minLength: 1, maxLength: 64 }) });
export const PaymentQuery = Type.Object({
  ...PageQuery.properties,
  userId: Type.Optional(Line({ maxLength: 64, description: 'Admins: of this account' })),
  status: Type.Optional(PaymentStatus),
});

export const Payment = Type.Object({
  id: Type.String(),
  userId: Type.String(),
  courseIds: Type.Array(Type.String()),
  items: Type.Array(
    Type.Object({
      courseId: Type.String(),
      courseName: Type.String(),
      price: Type.Number(),
      discount: Type.Number(),
      total: Type.Number(),
    }),
  ),
  amount: Type.Number({ description: 'What is charged: subtotal - discount' }),
  subtotal: Type.Number(),
  discount: Type.Number(),
  discountCode: Nullable(Type.String()),
  currency: Type.String(),
  paymentMethod: PaymentMethod,
  status: PaymentStatus,
  failureReason: Nullable(Type.String({ description: 'Why it failed or was cancelled' })),
  refundedAmount: Type.Number(),
  refunds: Type.Array(
    Type.Object({
      id: Type.String(),
      amount: Type.Number(),
      status: Type.Enum(['requested', 'refunded', 'failed']),
      courseIds: Type.Optional(Type.Array(Type.String(), { description: 'The courses that it takes back, if it names some' })),
    }),
  ),
  disputes: Type.Optional(
    Type.Array(
      Type.Object({ id: Type.String(), amount: Type.Number(), status: Type.Enum(['open', 'won', 'lost']), reason: Nullable(Type.String()) }),
      { description: 'For admins, where there is any: the payer’s bank asks for the money back. An addition to the document' },
    ),
  ),
  nextAction: Type.Optional(Type.Object(NextAction.properties, { description: 'While the payer has to do something before the money comes; an addition to the document' })),
  invoiceId: Nullable(Type.String()),
  invoiceNumber: Nullable(Type.String()),
  billingData: Nullable(Type.Object({}, { additionalProperties: true })),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  expiresAt: Type.String({ description: 'A payment that is pending then has failed' }),
});
