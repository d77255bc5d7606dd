import { aggregates } from '../../domain/aggregates.js';
import type { AccessChanges } from '../../domain/coupon/access.js';
import { isAccessCoupon, type AccessCoupon, type CouponRejection } from '../../domain/coupon/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { issuesCoupon } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

type Rejection = CouponRejection | 'coupon-not-permitted';

interface OwnCoupon {
  readonly actor: Actor;
  readonly code: string;
}

const ownCoupon = async ({ handler }: CommandServices, { actor, code }: OwnCoupon): Promise<Readonly<{ ok: true; coupon: AccessCoupon }> | Refusal<Rejection>> => {
  const { state: coupon } = await handler.load(aggregates.coupon, code);
  if (!isAccessCoupon(coupon)) return reject('coupon-not-issued');
  return issuesCoupon(actor, coupon) ? { ok: true, coupon } : reject('coupon-not-permitted');
};

/** Changes what is named of a coupon that the actor sells. */
export const changeSoldCoupon =
  (services: CommandServices) =>
  async ({ changes, ...wanted }: OwnCoupon & { readonly changes: AccessChanges }, context: CommandContext): Promise<Outcome<null, Rejection>> => {
    const own = await ownCoupon(services, wanted);
    if (!own.ok) return own;
    const command = { type: 'ChangeAccessTerms', data: { changes, at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.coupon, wanted.code, command, context), null);
  };

/** Nobody can use it any more; what it opened stays open. */
export const withdrawSoldCoupon =
  (services: CommandServices) =>
  async (wanted: OwnCoupon, context: CommandContext): Promise<Outcome<null, Rejection>> => {
    const own = await ownCoupon(services, wanted);
    if (!own.ok) return own;
    const command = { type: 'WithdrawCoupon', data: { at: services.clock.now().toISOString() } } as const;
    return done(await services.handler.handle(aggregates.coupon, wanted.code, command, context), null);
  };
