import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { MOST_COUPONS } from '../../../commands/coupons/sell-coupons.js';
import { BooleanField, ChoiceField, DateTimeField, DecimalField, IntegerField } from '../fields.js';

const MOST_USES = 1_000_000;

/** `used` and `expired` follow from the uses and the date: sent back, they change nothing. */
export const COUPON_STATUSES = ['available', 'disabled', 'used', 'expired'] as const;
const Status = Type.Enum([...COUPON_STATUSES], {
  description: 'disabled: by its teacher; used: no use is left; expired: its time is over',
});

export const CreateCouponsBody = Type.Object({ number_of_coupons: IntegerField(1, MOST_COUPONS), price: DecimalField });

export const ChangeCouponBody = Type.Partial(
  Type.Object({
    status: ChoiceField(COUPON_STATUSES),
    max_uses: IntegerField(1, MOST_USES),
    expiration_date: DateTimeField,
    price: DecimalField,
    is_active: BooleanField,
  }),
);

export const CouponParams = Type.Object({ coupon_id: Type.String({ maxLength: 200, description: 'The number of the coupon' }) });

const brief = { id: Type.Integer(), code: Type.String(), status: Status };
const Price = Type.String({ description: 'With two places' });

export const Coupon = Type.Object({
  ...brief,
  teacher: Type.Integer(),
  max_uses: Type.Integer(),
  used_count: Type.Integer(),
  expiration_date: Type.String(),
  price: Price,
  is_active: Type.Boolean(),
  date: Type.String({ description: 'When it was created' }),
});

export const UsedCoupon = Type.Object({
  id: Type.Integer({ description: 'Of the use' }),
  coupon: Type.Object({ ...brief, price: Type.String({ description: 'What it cost when it was used' }) }),
  student: Type.Object({
    user: Type.Object({ id: Type.Integer(), first_name: Type.String(), last_name: Type.String(), email: Type.String() }),
    full_name: Type.String(),
  }),
  used_at: Type.String(),
  course: Nullable(Type.String({ description: 'Its title, where a course was opened as a whole' })),
  module: Nullable(Type.String({ description: 'Its title, where a module was opened that is still there' })),
});
