import { aggregates } from '../../domain/aggregates.js';
import type { CouponRejection } from '../../domain/coupon/decider.js';
import type { AccessTerms } from '../../domain/coupon/events.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { printCouponCode } from './coupon-code.js';

export interface SellCouponsInput {
  readonly teacherId: string;
  /** From 1 to MOST_COUPONS. */
  readonly count: number;
  /** In the currency of the platform. */
  readonly price: string;
}

export const MOST_COUPONS = 500;

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;
const AT_ONCE = 50;
/** A code that is taken by chance is as rare as one that is guessed. */
const MOST_TRIES = 5;

type Issued = Outcome<string, CouponRejection>;

const issueOne = async (services: CommandServices, teacherId: string, terms: AccessTerms, at: string, index: number, context: CommandContext): Promise<Issued> => {
  const couponId = uuidV5(`coupon-${index}`, context.commandId);
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const code = printCouponCode(services.keys, context.commandId, `${index}.${attempt}`);
    const command = { type: 'IssueCoupon', data: { couponId, code, terms, issuedBy: teacherId, at } } as const;
    const handled = await services.handler.handle(aggregates.coupon, code, command, derivedContext(context, `issue-${code}`));
    if (handled.ok || handled.rejection !== 'coupon-code-taken') return done(handled, couponId);
  }
  return reject('coupon-code-taken');
};

/**
 * Issues coupons that the teacher sells: each opens one course or module of the teacher, once, within a year. Each is a stream of its
 * own, and all follow from the command: a repeat after a crash issues what is missing.
 */
export const sellCoupons =
  (services: CommandServices) =>
  async ({ teacherId, count, price }: SellCouponsInput, context: CommandContext): Promise<Outcome<readonly string[], CouponRejection>> => {
    const now = services.clock.now();
    const at = now.toISOString();
    const terms: AccessTerms = {
      kind: 'teacher',
      benefit: { type: 'access', price, currency: services.settings.currency },
      status: 'available',
      isActive: true,
      maxUses: 1,
      expiresAt: new Date(now.getTime() + YEAR_MS).toISOString(),
    };
    const couponIds: string[] = [];
    const effects: Effect[] = [];
    const indexes = Array.from({ length: count }, (_, index) => index);
    for (let from = 0; from < count; from += AT_ONCE) {
      const issued = await Promise.all(indexes.slice(from, from + AT_ONCE).map((index) => issueOne(services, teacherId, terms, at, index, context)));
      for (const one of issued) {
        if (!one.ok) return one;
        couponIds.push(one.value);
        effects.push(one);
      }
    }
    return succeeded(couponIds, ...effects);
  };
