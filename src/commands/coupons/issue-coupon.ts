import type { CouponRejection } from '../../domain/coupon/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { couponTermsFor, isPast, normaliseCouponCode, type CouponTermsInput, type CouponTermsRejection } from './coupon-terms.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface IssueCouponInput extends CouponTermsInput {
  readonly actor: Actor;
  readonly code: string;
}

export const issueCoupon =
  (services: CommandServices) =>
  async (
    { actor, code: written, ...input }: IssueCouponInput,
    context: CommandContext,
  ): Promise<Outcome<{ couponId: string; code: string }, CouponRejection | CouponTermsRejection>> => {
    const at = services.clock.now().toISOString();
    if (isPast(input.expiresAt, at)) return reject('coupon-terms-invalid', { reason: 'expiry-not-in-future' });
    const permitted = await couponTermsFor(services, actor, input);
    if (!permitted.ok) return permitted;
    const code = normaliseCouponCode(written);
    const couponId = uuidV5('coupon', context.commandId);
    const { terms } = permitted;
    const command = { type: 'IssueCoupon', data: { couponId, code, terms, issuedBy: actor.accountId, at } } as const;
    const handled = await services.handler.handle(aggregates.coupon, code, command, context);
    return done(handled, { couponId, code });
  };
