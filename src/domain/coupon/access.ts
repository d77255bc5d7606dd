import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import { compareMoney, parseAmount } from '../kernel/money.js';
import { isExpired } from '../pricing.js';
import type { AccessTerms, CouponEvent } from './events.js';
import { isAccessCoupon, usesInHand, type AccessCoupon, type IssuedCoupon } from './state.js';

/** What may be changed of a teacher's coupon; absent fields stay. */
export type AccessChanges = Readonly<Partial<Pick<AccessTerms, 'status' | 'isActive' | 'maxUses' | 'expiresAt'> & { price: string }>>;

export interface UseForAccess {
  /** Names student, coupon and what is opened: the same use is spent once, however often it is asked for. */
  readonly useId: string;
  readonly accountId: string;
  /** The teacher of the course. */
  readonly teacherId: string;
  readonly courseId: string;
  readonly moduleId: string | null;
  readonly at: string;
}

export type AccessCommand =
  | Message<'ChangeAccessTerms', { changes: AccessChanges; at: string }>
  | Message<'UseCouponForAccess', UseForAccess>
  | Message<'ReverseUseForAccess', { useId: string; reason: string; at: string }>;

export type AccessRejection =
  | 'coupon-not-issued'
  | 'coupon-terms-invalid'
  | 'coupon-limit-below-uses'
  | 'coupon-withdrawn'
  | 'coupon-exhausted'
  | 'coupon-expired'
  | 'coupon-not-active'
  | 'coupon-disabled'
  | 'coupon-of-another-teacher'
  | 'coupon-use-ended';

type AccessDecision = Decision<CouponEvent, AccessRejection>;

const ACCESS_COMMANDS: ReadonlySet<string> = new Set<AccessCommand['type']>(['ChangeAccessTerms', 'UseCouponForAccess', 'ReverseUseForAccess']);

export const isAccessCommand = (command: { readonly type: string }): command is AccessCommand => ACCESS_COMMANDS.has(command.type);

/** A price of zero is a gift. */
export const accessTermsProblem = ({ benefit: { price, currency }, maxUses }: AccessTerms): string | undefined => {
  if (!Number.isInteger(maxUses) || maxUses < 1) return 'limit-not-positive';
  return parseAmount(price, currency).ok ? undefined : 'amount-negative-or-too-precise';
};

const changed = (terms: AccessTerms, { price, ...changes }: AccessChanges): AccessTerms => ({
  ...terms,
  ...changes,
  benefit: price === undefined ? terms.benefit : { ...terms.benefit, price },
});

const FIELDS = ['status', 'isActive', 'maxUses', 'expiresAt'] as const;

const isSame = (one: AccessTerms, other: AccessTerms): boolean =>
  FIELDS.every((field) => one[field] === other[field]) && compareMoney(one.benefit.price, other.benefit.price) === 0;

const change = (changes: AccessChanges, at: string, coupon: AccessCoupon): AccessDecision => {
  if (coupon.status === 'withdrawn') return reject('coupon-withdrawn');
  const terms = changed(coupon.terms, changes);
  const reason = accessTermsProblem(terms);
  if (reason !== undefined) return reject('coupon-terms-invalid', { reason });
  const uses = usesInHand(coupon);
  if (terms.maxUses < uses) return reject('coupon-limit-below-uses', { maxUses: terms.maxUses, uses });
  if (isSame(terms, coupon.terms)) return accept();
  const { couponId, code } = coupon;
  return accept({ type: 'CouponTermsChanged', data: { couponId, code, terms, changedAt: at } });
};

/** Why the coupon opens nothing of this teacher now. */
const hindrance = (coupon: AccessCoupon, teacherId: string, at: string): AccessRejection | undefined => {
  const { terms } = coupon;
  if (coupon.status === 'withdrawn') return 'coupon-withdrawn';
  if (coupon.issuedBy !== teacherId) return 'coupon-of-another-teacher';
  if (!terms.isActive) return 'coupon-not-active';
  if (terms.status === 'disabled') return 'coupon-disabled';
  if (isExpired(terms, at)) return 'coupon-expired';
  return usesInHand(coupon) >= terms.maxUses ? 'coupon-exhausted' : undefined;
};

const use = ({ at, ...wanted }: UseForAccess, coupon: AccessCoupon): AccessDecision => {
  const known = coupon.uses.get(wanted.useId);
  if (known !== undefined) return known.status === 'redeemed' ? accept() : reject('coupon-use-ended');
  const rejection = hindrance(coupon, wanted.teacherId, at);
  if (rejection !== undefined) return reject(rejection);
  const { couponId, code, terms: { benefit: { price, currency } } } = coupon;
  return accept({ type: 'CouponUsedForAccess', data: { couponId, code, ...wanted, price, currency, usedAt: at } });
};

const reverse = (useId: string, reason: string, at: string, { couponId, code, issuedBy: teacherId, uses }: AccessCoupon): AccessDecision => {
  const known = uses.get(useId);
  if (known?.status !== 'redeemed' || known.usedFor === undefined) return accept();
  const { accountId, usedFor } = known;
  return accept({ type: 'CouponUseForAccessReversed', data: { couponId, code, useId, accountId, teacherId, ...usedFor, reason, reversedAt: at } });
};

/** Whatever a student or a teacher does with a teacher's coupon. */
export const decideAccess = ({ type, data }: AccessCommand, coupon: IssuedCoupon): AccessDecision => {
  if (!isAccessCoupon(coupon)) return reject('coupon-not-issued');
  switch (type) {
    case 'ChangeAccessTerms':
      return change(data.changes, data.at, coupon);
    case 'UseCouponForAccess':
      return use(data, coupon);
    case 'ReverseUseForAccess':
      return reverse(data.useId, data.reason, data.at, coupon);
  }
};
