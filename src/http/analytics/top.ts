import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { compareMoney } from '../../domain/kernel/money.js';
import { COUNTS, shownMoney, sumByKey, TooManyDays, type CountName, type FiguresOf, type Sums, type Within } from '../../projections/analytics/queries.js';
import type { HttpServices } from '../http-services.js';
import { invalidField, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { rowOf, sendCsv } from './csv.js';
import { shownFigures, shownRange } from './figures.js';
import { figureReading, MOST_DAYS_READ } from './limits.js';
import { NAME_READS, namesOf } from './names.js';
import { rangeOf, stretchOf } from './ranges.js';
import { Format, jsonOrCsv, Range, Scope, Top } from './schemas.js';
import { FIGURE_READS, scopeOf } from './scope.js';

const BY_MONEY = ['net', 'gross', 'discounts', 'refunds', 'netWithCoupon', 'accessGiven'] as const;
type MoneyName = (typeof BY_MONEY)[number];
type Order = MoneyName | CountName;

const isMoney = (by: Order): by is MoneyName => BY_MONEY.some((name) => name === by);

const DEFAULT_LIMIT = 10;

interface Ranked {
  readonly key: string;
  readonly sums: Sums;
  readonly worth: string;
}

/** The greatest first; those that are equal by their keys. What is nothing is in no list. */
const ranked = (sums: ReadonlyMap<string, Sums>, by: Order, currency: string): readonly Ranked[] => {
  const worthOf = (of: Sums): string => (isMoney(by) ? (shownMoney(of).find((money) => money.currency === currency)?.[by] ?? '0') : String(of.counts[by] ?? 0));
  return [...sums]
    .map(([key, of]) => ({ key, sums: of, worth: worthOf(of) }))
    .filter(({ worth }) => compareMoney(worth, '0') !== 0)
    .toSorted((one, other) => compareMoney(other.worth, one.worth) || (one.key < other.key ? -1 : 1));
};

/** Which keys a list may show: within an instructor or an organization only courses say whose they are. */
const withinOf = ({ dimension, key }: FiguresOf, list: string): Within => {
  if (dimension === 'all') return {};
  if (list !== 'course') throw invalidField('list', 'must be course, unless figures of everything are asked for');
  if (dimension === 'instructor') return { instructorId: key };
  if (dimension === 'organization') return { organizationId: key };
  throw invalidField(dimension, 'has no list below it');
};

const tooLong = (error: unknown): never => {
  throw error instanceof TooManyDays ? invalidField('from', 'must be nearer to the last day: so many keys were sold that the list would read too much') : error;
};

/** GET /analytics/top: the courses, instructors, organizations or coupons with the most of something. */
export const topRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands, config: { currency: usual } } = services;
    app.get(
      '/analytics/top',
      {
        schema: {
          tags: ['Analytics'],
          summary: 'The courses, instructors, organizations or coupons with the most of a figure',
          querystring: Type.Object({
            ...Type.Pick(Type.Object(Scope), ['instructor', 'organization']).properties,
            ...Range,
            list: Type.Optional(Type.Enum(['course', 'instructor', 'organization', 'coupon', 'surface'], { default: 'course' })),
            by: Type.Optional(Type.Enum([...BY_MONEY, ...COUNTS], { default: 'net' })),
            currency: Type.Optional(Line({ minLength: 3, maxLength: 3, description: 'Of amounts. Default: the currency of the marketplace' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT })),
            format: Format,
          }),
          response: { 200: jsonOrCsv(Top), ...problems(403, 404) },
        },
        config: { access: 'account', rule: 'figures-reader', reads: [...FIGURE_READS, ...NAME_READS], limits: { areas: [figureReading] } },
      },
      async (request, reply) => {
        const { list = 'course', by = 'net', currency = usual, limit = DEFAULT_LIMIT, format } = request.query;
        const of = await scopeOf(services, request, request.query);
        const range = rangeOf(request.query, commands.clock.now().getTime());
        const within = withinOf(of, list);
        const sums = await sumByKey(readModels, list, within, stretchOf(range), MOST_DAYS_READ).catch(tooLong);
        const code = currency.toUpperCase();
        const best = ranked(sums, by, code).slice(0, limit);
        const names = await namesOf(readModels, list, best.map(({ key }) => key));
        const items = best.map(({ key, sums: found }) => ({ key, name: names.get(key) ?? null, ...shownFigures(found) }));
        if (format === 'csv') return sendCsv(reply, `top-${list}-${range.from}-${range.to}`, items.map(({ key, name, ...figures }) => rowOf({ key, name: name ?? '' }, figures)), ['key', 'name']);
        return { ...shownRange(of, range), by, currency: isMoney(by) ? code : null, items };
      },
    );
  };
