import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import type { Query } from '../pieces/address.js';

type Get = paths['/audit/coupons']['get'];
export type CouponPage = Get['responses'][200]['content']['application/json'];
export type Coupon = CouponPage['data'][number];
type Status = NonNullable<NonNullable<Get['parameters']['query']>['status']>;

export const STATUSES: readonly Status[] = ['issued', 'withdrawn', 'disabled'];
const TEXTS = ['id', 'payer', 'course', 'code', 'from', 'to', 'actor', 'reason', 'cursor'] as const;

export const askCoupons = (query: Query, signal: AbortSignal): Promise<CouponPage> => {
  const status = STATUSES.find((name) => name === query['status']);
  const texts = Object.fromEntries(TEXTS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])));
  return dataOf(api.GET('/audit/coupons', { params: { query: { ...texts, ...(status === undefined ? {} : { status }), limit: 50, totals: query['cursor'] === undefined } }, signal }));
};

/** Undefined: there is none. */
export const askCoupon = async (id: string, signal: AbortSignal): Promise<Coupon | undefined> =>
  (await dataOf(api.GET('/audit/coupons', { params: { query: { id, limit: 1 } }, signal }))).data[0];
