import { addMoney } from '../../domain/kernel/money.js';
import type { ReadModels } from '../../ports/read-models.js';
import { addUp, facetsOf, foundAmong, searchFacets, type FacetSearch, type FoundByFacets } from '../kernel/facets.js';
import type { Place } from '../kernel/slice.js';
import { auditedCoupons, auditedUses, type AuditedCoupon, type AuditedCouponStatus } from './document.js';

export { AUDITED_COUPON_STATUSES, type AuditedCoupon, type AuditedCouponStatus } from './document.js';

export interface CouponSearch {
  readonly id?: string;
  /** Who used it. */
  readonly payer?: string;
  readonly course?: string;
  readonly code?: string;
  readonly status?: AuditedCouponStatus;
  readonly currency?: string;
  /** Who issued, changed or withdrew it. */
  readonly actor?: string;
  readonly reason?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  /** UTC; of the issue. */
  readonly from?: string;
  readonly to?: string;
}

const FACETS = ['code', 'course', 'actor', 'reason', 'status', 'currency'] as const;
/** Uses of one account that are looked at. */
const MOST_USES = 10_000;

/** The coupons that an account used; null: any. */
const usedBy = async (readModels: ReadModels, accountId: string | undefined): Promise<ReadonlySet<string> | null> => {
  if (accountId === undefined) return null;
  const uses = await readModels.find(auditedUses, { filter: { accountId }, sort: { couponId: 1 }, limit: MOST_USES });
  return new Set(uses.map(({ couponId }) => couponId));
};

const searchOf = (search: CouponSearch, among: ReadonlySet<string> | null): FacetSearch<AuditedCoupon> => ({
  facets: facetsOf(FACETS, search),
  ...(search.from === undefined ? {} : { from: search.from }),
  ...(search.to === undefined ? {} : { to: search.to }),
  matches: ({ id, value }) =>
    (among === null || among.has(id)) && (search.id === undefined || id === search.id) && value >= (search.amountFrom ?? -Infinity) && value <= (search.amountTo ?? Infinity),
});

/** Few enough to be got by their ids. Undefined: the search is not for certain coupons. */
const named = async (readModels: ReadModels, search: CouponSearch): Promise<readonly AuditedCoupon[] | undefined> => {
  const among = await usedBy(readModels, search.payer);
  const ids = search.id === undefined ? among : new Set(among === null || among.has(search.id) ? [search.id] : []);
  if (ids === null) return undefined;
  const wanted = searchOf(search, among);
  const coupons = await foundAmong(readModels, auditedCoupons, [...ids], wanted);
  return coupons.toSorted((one, other) => (one.at === other.at ? (one.id < other.id ? -1 : 1) : one.at > other.at ? -1 : 1));
};

const afterPlace = (coupons: readonly AuditedCoupon[], after: Place | undefined): readonly AuditedCoupon[] => {
  if (after === undefined) return coupons;
  const at = String(after.values[0]);
  return coupons.filter((coupon) => coupon.at < at || (coupon.at === at && coupon.id > after.id));
};

/** The newest first. Rejects with ForeignPlace. */
export const searchCoupons = async (readModels: ReadModels, search: CouponSearch, slice: { readonly limit: number; readonly after?: Place }): Promise<FoundByFacets<AuditedCoupon>> => {
  const certain = await named(readModels, search);
  if (certain === undefined) return searchFacets(readModels, auditedCoupons, searchOf(search, null), slice);
  const rest = afterPlace(certain, slice.after);
  const found = rest.slice(0, slice.limit);
  const last = found.at(-1);
  return { found, next: last === undefined || rest.length <= slice.limit ? null : { order: 'at:-1', values: [last.at], id: last.id } };
};

export interface CouponTotals {
  readonly count: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly uses: { readonly reserved: number; readonly redeemed: number; readonly released: number; readonly reversed: number };
  /** What redeemed uses were worth, by currency. */
  readonly given: Readonly<Record<string, string>>;
  readonly complete: boolean;
}

export const totalCoupons = async (readModels: ReadModels, search: CouponSearch): Promise<CouponTotals> => {
  let count = 0;
  const statuses: Record<string, number> = {};
  const uses = { reserved: 0, redeemed: 0, released: 0, reversed: 0 };
  const given: Record<string, string> = {};
  const add = (coupon: AuditedCoupon): void => {
    count += 1;
    statuses[coupon.status] = (statuses[coupon.status] ?? 0) + 1;
    uses.reserved += coupon.uses.reserved;
    uses.redeemed += coupon.uses.redeemed;
    uses.released += coupon.uses.released;
    uses.reversed += coupon.uses.reversed;
    for (const [currency, amount] of Object.entries(coupon.given)) given[currency] = addMoney(given[currency] ?? '0', amount);
  };
  const certain = await named(readModels, search);
  const complete = certain === undefined ? await addUp(readModels, auditedCoupons, searchOf(search, null), add) : true;
  certain?.forEach(add);
  return { count, statuses, uses, given, complete };
};

/** Answers which of some coupons a search finds. */
export const couponFinder = async (readModels: ReadModels, search: CouponSearch): Promise<(ids: readonly string[]) => Promise<ReadonlySet<string>>> => {
  const wanted = searchOf(search, await usedBy(readModels, search.payer));
  return async (ids) => new Set((await foundAmong(readModels, auditedCoupons, ids, wanted)).map(({ id }) => id));
};
