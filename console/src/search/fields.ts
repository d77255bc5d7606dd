import type { Query } from '../pieces/address.js';
import { firstOf, lastOf } from '../pieces/zoned.js';

export interface Field {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'amount' | 'date';
}

/** What payments and coupons are searched by, in the words of the routes. */
export const FIELDS: readonly Field[] = [
  { name: 'id', title: 'Id', kind: 'text' },
  { name: 'payer', title: 'Payer or user', kind: 'text' },
  { name: 'course', title: 'Course', kind: 'text' },
  { name: 'code', title: 'Code', kind: 'text' },
  { name: 'actor', title: 'Actor', kind: 'text' },
  { name: 'reason', title: 'Reason (exactly)', kind: 'text' },
  { name: 'amountFrom', title: 'Amount from', kind: 'amount' },
  { name: 'amountTo', title: 'Amount to', kind: 'amount' },
  { name: 'currency', title: 'Currency', kind: 'text' },
  { name: 'from', title: 'From day', kind: 'date' },
  { name: 'to', title: 'To day', kind: 'date' },
];

export interface Filters {
  readonly id?: string;
  readonly payer?: string;
  readonly course?: string;
  readonly code?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly amountFrom?: number;
  readonly amountTo?: number;
  readonly currency?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
}

const valueOf = ({ name, kind }: Field, text: string, zone: string): string | number | undefined => {
  if (text === '') return undefined;
  if (kind === 'amount') return Number.isNaN(Number(text)) ? undefined : Number(text);
  if (kind === 'text') return text;
  return name === 'from' ? firstOf(text, zone) : lastOf(text, zone);
};

/** The filters of an address. Its days are days of the zone. */
export const filtersOf = (query: Query, zone: string): Filters => {
  const found = FIELDS.map((field) => [field.name, valueOf(field, query[field.name] ?? '', zone)] as const).filter(([, value]) => value !== undefined);
  const cursor = query['cursor'] ?? '';
  return { ...Object.fromEntries(found), ...(cursor === '' ? {} : { cursor }) };
};
