import { issuesCoupon } from '../access/rules.js';
import { isDiscountCoupon, type CouponRejection } from '../../domain/coupon/decider.js';
import type { DiscountTerms } from '../../domain/coupon/events.js';
import { reject } from '../../domain/kernel/decider.js';
import { compareMoney } from '../../domain/kernel/money.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { couponTermsFor, isPast, type CouponTermsInput, type CouponTermsRejection } from './coupon-terms.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface ChangeCouponInput {
  readonly actor: Actor;
  readonly code: string;
  readonly changes: Partial<CouponTermsInput>;
}

const inputOf = ({ benefit, ...terms }: DiscountTerms): CouponTermsInput => ({
  ...terms,
  valueType: benefit.type,
  value: benefit.type === 'percentage' ? benefit.percent : benefit.amount,
});

const changed = (terms: DiscountTerms, changes: Partial<CouponTermsInput>): CouponTermsInput => {
  const whole = { ...inputOf(terms), ...changes };
  const leavesCourse = whole.kind === 'platform_wide' && changes.courseId === undefined;
  return leavesCourse ? { ...whole, courseId: null } : whole;
};

const SAME_AS_THEY_ARE = ['kind', 'courseId', 'applicableOn', 'maxUses', 'expiresAt', 'valueType'] as const;

const changesNothing = (before: CouponTermsInput, after: CouponTermsInput): boolean =>
  SAME_AS_THEY_ARE.every((field) => before[field] === after[field]) && compareMoney(before.value, after.value) === 0;

/** Changes the terms, for the issuer and admins. The code never changes: it identifies the coupon. */
export const changeCoupon =
  (services: CommandServices) =>
  async (
    { actor, code, changes }: ChangeCouponInput,
    context: CommandContext,
  ): Promise<Outcome<null, CouponRejection | CouponTermsRejection>> => {
    const at = services.clock.now().toISOString();
    const { state: coupon, position, commands } = await services.handler.load(aggregates.coupon, code);
    if (!isDiscountCoupon(coupon)) return reject('coupon-not-issued');
    if (!issuesCoupon(actor, coupon)) return reject('coupon-not-permitted');
    const [before, after] = [inputOf(coupon.terms), changed(coupon.terms, changes)];
    // A form that is sent back as it came is good for ever, also when the coupon has expired, was withdrawn or lost its course.
    if (changesNothing(before, after)) return succeeded(null, { position, changed: commands.has(context.commandId) });
    if (after.expiresAt !== before.expiresAt && isPast(after.expiresAt, at)) return reject('coupon-terms-invalid', { reason: 'expiry-not-in-future' });
    const { benefit: known } = coupon.terms;
    const permitted = await couponTermsFor(services, actor, after, known);
    if (!permitted.ok) return permitted;
    const { benefit } = permitted.terms;
    const isKept = changes.value === undefined && benefit.type === 'fixed' && known.type === 'fixed';
    // An amount that nobody named anew is not worth the same in the currency of another course.
    if (isKept && benefit.currency !== known.currency) {
      return reject('currency-mismatch', { expected: benefit.currency, found: known.currency });
    }
    const command = { type: 'ChangeCouponTerms', data: { terms: permitted.terms, at } } as const;
    const handled = await services.handler.handle(aggregates.coupon, code, command, context);
    return done(handled, null);
  };
