import { issuesCoupon } from '../access/rules.js';
import { isDiscountCoupon, type CouponRejection } from '../../domain/coupon/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** For the issuer and admins. Reserved uses stay good. */
export const withdrawCoupon =
  (services: CommandServices) =>
  async (
    { actor, code }: { readonly actor: Actor; readonly code: string },
    context: CommandContext,
  ): Promise<Outcome<null, CouponRejection | 'coupon-not-permitted'>> => {
    const { state: coupon } = await services.handler.load(aggregates.coupon, code);
    if (!isDiscountCoupon(coupon)) return reject('coupon-not-issued');
    if (!issuesCoupon(actor, coupon)) return reject('coupon-not-permitted');
    const command = { type: 'WithdrawCoupon', data: { at: services.clock.now().toISOString() } } as const;
    const handled = await services.handler.handle(aggregates.coupon, code, command, context);
    return done(handled, null);
  };
