import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { LARGEST_AMOUNT } from '../../../domain/kernel/money.js';
import { PageQuery } from '../../shared/pagination.js';
import { Instant, Line } from '../../shared/text-schemas.js';

const Code = Type.String({
  pattern: '^ *[A-Za-z0-9_-]{3,40} *$',
  maxLength: 100,
  description: '3 to 40 letters, digits, - and _; upper and lower case are the same',
});
const terms = {
  type: Type.Enum(['platform_wide', 'course_specific'], { description: 'platform_wide: admins only' }),
  value: Type.Number({ exclusiveMinimum: 0, maximum: Number(LARGEST_AMOUNT), description: 'Per cent (at most 100), or an amount' }),
  valueType: Type.Enum(['percentage', 'fixed']),
  applicableOn: Type.Enum(['single_only', 'both'], { description: 'single_only: a purchase of one course' }),
  maxUses: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'null: no limit' })),
  expiresAt: Nullable(
    Instant({
      description: 'ISO 8601, in the future: a time (UTC where it names no zone), or a date, which is its whole day in UTC; null: never',
    }),
  ),
  courseId: Nullable(Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 64, description: 'Required for course_specific' })),
};
const optional = {
  maxUses: Type.Optional(terms.maxUses),
  expiresAt: Type.Optional(terms.expiresAt),
  courseId: Type.Optional(terms.courseId),
};

export const CreateDiscountBody = Type.Object({ code: Code, ...terms, ...optional });
export type CreateDiscountBody = Static<typeof CreateDiscountBody>;

export const ChangeDiscountBody = Type.Partial(
  Type.Object({ code: Line({ maxLength: 100, description: 'Can’t be changed' }), ...terms }),
);
export type ChangeDiscountBody = Static<typeof ChangeDiscountBody>;

export const DiscountParams = Type.Object({ id: Line({ minLength: 1, maxLength: 64 }) });
export const DiscountCodeParams = Type.Object({ code: Line({ minLength: 1, maxLength: 100 }) });
export const DiscountQuery = PageQuery;

const shopper = {
  id: Type.String(),
  code: Type.String(),
  type: terms.type,
  value: Type.Number(),
  valueType: terms.valueType,
  currency: Nullable(Type.String({ description: 'Of a fixed value' })),
  applicableOn: terms.applicableOn,
  expiresAt: Nullable(Type.String({ description: 'In UTC; of a date, the last millisecond of its day' })),
  courseId: Nullable(Type.String()),
  isActive: Type.Boolean({ description: 'Not withdrawn, not expired, and not all used or held' }),
};

export const PublicDiscount = Type.Object(shopper);
export const Discount = Type.Object({
  ...shopper,
  maxUses: Nullable(Type.Integer()),
  usedCount: Type.Integer(),
  reservedCount: Type.Integer({ description: 'Held by payments under way; they count against the limit' }),
  createdBy: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
