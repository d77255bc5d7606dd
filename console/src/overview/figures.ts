import { api } from '../api/client.js';
import { figuresOf } from '../api/problems.js';
import type { paths } from '../api/schema.js';
import { rangeQuery, scopeQuery, type Asked } from './asked.js';

type AnswerOf<Path extends '/analytics/series' | '/analytics/top' | '/analytics/funnel'> = paths[Path]['get']['responses'][200]['content']['application/json'];

export type Series = AnswerOf<'/analytics/series'>;
export type Top = AnswerOf<'/analytics/top'>;
export type Funnel = AnswerOf<'/analytics/funnel'>;
export type Money = Series['totals']['money'][number];

const compare = 'previous' as const;

export const askSeries = (asked: Asked, signal: AbortSignal): Promise<Series> =>
  figuresOf(api.GET('/analytics/series', { params: { query: { ...rangeQuery(asked), ...scopeQuery(asked), unit: asked.unit, compare } }, signal }));

export const askFunnel = (asked: Asked, signal: AbortSignal): Promise<Funnel> =>
  figuresOf(api.GET('/analytics/funnel', { params: { query: { ...rangeQuery(asked), ...scopeQuery(asked), compare } }, signal }));

/** Lists exist of everything, of an instructor and of an organization. */
export const hasTop = ({ scope }: Asked, list: 'course' | 'coupon'): boolean => scope === null || (list === 'course' && (scope === 'instructor' || scope === 'organization'));

export const askTop = (asked: Asked, list: 'course' | 'coupon', currency: string, signal: AbortSignal): Promise<Top> => {
  const { scope, of } = asked;
  const within = scope === 'instructor' ? { instructor: of } : scope === 'organization' ? { organization: of } : {};
  // Of a code, what was bought with it.
  const by = list === 'coupon' ? ('netWithCoupon' as const) : ('net' as const);
  return figuresOf(api.GET('/analytics/top', { params: { query: { ...rangeQuery(asked), ...within, list, by, limit: 10, ...(currency === '' ? {} : { currency }) } }, signal }));
};

