import { api } from '../api/client.js';
import { dataOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import type { Query } from '../pieces/address.js';

type Get = paths['/audit/payments']['get'];
export type PaymentPage = Get['responses'][200]['content']['application/json'];
export type Payment = PaymentPage['data'][number];
type Status = NonNullable<NonNullable<Get['parameters']['query']>['status']>;

export const STATUSES: readonly Status[] = ['opened', 'captured', 'captured-late', 'declined', 'cancelled', 'expired', 'refund-requested', 'refund-failed', 'partly-refunded', 'refunded', 'disputed'];
const TEXTS = ['id', 'payer', 'course', 'code', 'currency', 'from', 'to', 'actor', 'reason', 'cursor'] as const;

const numberOf = (name: string, text: string | undefined) => (text === undefined || !Number.isFinite(Number(text)) ? {} : { [name]: Number(text) });

/** What the address asks for; what no search has is left out. */
const searchOf = (query: Query) => {
  const status = STATUSES.find((name) => name === query['status']);
  return {
    ...Object.fromEntries(TEXTS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]))),
    ...numberOf('amountFrom', query['amountFrom']),
    ...numberOf('amountTo', query['amountTo']),
    ...(status === undefined ? {} : { status }),
  };
};

export const askPayments = (query: Query, signal: AbortSignal): Promise<PaymentPage> =>
  dataOf(api.GET('/audit/payments', { params: { query: { ...searchOf(query), limit: 50, totals: query['cursor'] === undefined } }, signal }));

/** Undefined: there is none. */
export const askPayment = async (id: string, signal: AbortSignal): Promise<Payment | undefined> =>
  (await dataOf(api.GET('/audit/payments', { params: { query: { id, limit: 1 } }, signal }))).data[0];
