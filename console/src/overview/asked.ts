import type { Query } from '../pieces/address.js';
import { shownInstant } from '../pieces/instant.js';

export const UNITS = ['hour', 'day', 'week', 'month'] as const;
export type Unit = (typeof UNITS)[number];
export const SCOPES = ['course', 'instructor', 'organization', 'coupon', 'surface'] as const;
export type Scope = (typeof SCOPES)[number];

/** What the overview shows: of whom, from and to which day of the zone. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly unit: Unit;
  readonly scope: Scope | null;
  readonly of: string;
}

export const DAYS = 30;
const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

export const plusDays = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

export const today = (zone: string): string => shownInstant(new Date().toISOString(), zone).slice(0, 10);

const dateIn = (text: string | undefined): string | undefined => (text !== undefined && DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined);

/** Reads the address; what it does not say, or says wrongly, is the last 30 days of everything. */
export const askedBy = (query: Query, zone: string): Asked => {
  const to = dateIn(query['to']) ?? today(zone);
  const given = dateIn(query['from']);
  const from = given !== undefined && given <= to ? given : plusDays(to, 1 - DAYS);
  const scope = SCOPES.find((name) => name === query['scope']) ?? null;
  const of = query['of'] ?? '';
  const unit = UNITS.find((name) => name === query['unit']) ?? 'day';
  return of === '' || scope === null ? { from, to, zone, unit, scope: null, of: '' } : { from, to, zone, unit, scope, of };
};

export const SURFACES = ['marketplace', 'academy', 'edupro'] as const;

/** The scope in the words of the routes. */
export const scopeQuery = ({ scope, of }: Asked) => {
  if (scope === null) return {};
  if (scope === 'surface') {
    const surface = SURFACES.find((name) => name === of);
    return surface === undefined ? {} : { surface };
  }
  return { [scope]: of } as Partial<Record<Exclude<Scope, 'surface'>, string>>;
};

export const rangeQuery = ({ from, to, zone }: Asked) => ({ from, to, zone });

/** The same question has the same key. */
export const keyOf = ({ from, to, zone, unit, scope, of }: Asked): string => [from, to, zone, unit, scope ?? '', of].join('|');
