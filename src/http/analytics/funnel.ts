import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Sums } from '../../projections/analytics/queries.js';
import type { HttpServices } from '../http-services.js';
import { problems } from '../shared/problem.js';
import { sendCsv } from './csv.js';
import { shownRange, sumOfPrevious, sumOfRange } from './figures.js';
import { figureReading } from './limits.js';
import { rangeOf } from './ranges.js';
import { Compare, Format, FunnelAnswer, jsonOrCsv, Range, Scope, Scores } from './schemas.js';
import { FIGURE_READS, scopeOf } from './scope.js';

const funnelOf = ({ counts }: Sums) => ({
  carts: counts.cartAdditions ?? 0,
  opened: counts.opened ?? 0,
  captured: counts.captured ?? 0,
  declined: counts.declined ?? 0,
  cancelled: counts.cancelled ?? 0,
  expired: counts.expired ?? 0,
  refunded: counts.refundedInFull ?? 0,
});

const BIN = 5;
const BINS = 100 / BIN;

const binsOf = ({ scores }: Sums) => Array.from({ length: BINS }, (_, index) => ({ from: index * BIN, to: (index + 1) * BIN, attempts: scores[String(index * BIN)] ?? 0 }));

const config = { access: 'account', rule: 'figures-reader', reads: FIGURE_READS, limits: { areas: [figureReading] } } as const;

/** GET /analytics/funnel and /analytics/scores. */
export const funnelRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands } = services;
    app.get(
      '/analytics/funnel',
      {
        schema: {
          tags: ['Analytics'],
          summary: 'From the cart to the captured payment, and what became of the others',
          description: 'Each step counts what happened in the range, whenever the purchase began. docs/analytics.md says what a step counts.',
          querystring: Type.Object({ ...Scope, ...Range, compare: Compare, format: Format }),
          response: { 200: jsonOrCsv(FunnelAnswer), ...problems(403, 404) },
        },
        config,
      },
      async (request, reply) => {
        const of = await scopeOf(services, request, request.query);
        const range = rangeOf(request.query, commands.clock.now().getTime());
        const funnel = funnelOf(await sumOfRange(readModels, of, range));
        if (request.query.format === 'csv') return sendCsv(reply, `funnel-${range.from}-${range.to}`, Object.entries(funnel).map(([step, count]) => ({ step, count })), ['step', 'count']);
        if (request.query.compare === undefined) return { ...shownRange(of, range), funnel };
        const previous = await sumOfPrevious(readModels, of, range);
        return { ...shownRange(of, range), funnel, previous: { from: previous.range.from, to: previous.range.to, funnel: funnelOf(previous.sums) } };
      },
    );

    app.get(
      '/analytics/scores',
      {
        schema: {
          tags: ['Analytics'],
          summary: 'How graded attempts at assessments are distributed, in steps of five per cent',
          querystring: Type.Object({ ...Scope, ...Range, format: Format }),
          response: { 200: jsonOrCsv(Scores), ...problems(403, 404) },
        },
        config,
      },
      async (request, reply) => {
        const of = await scopeOf(services, request, request.query);
        const range = rangeOf(request.query, commands.clock.now().getTime());
        const sums = await sumOfRange(readModels, of, range);
        const bins = binsOf(sums);
        if (request.query.format === 'csv') return sendCsv(reply, `scores-${range.from}-${range.to}`, bins, ['from', 'to', 'attempts']);
        return { ...shownRange(of, range), graded: sums.counts.attemptsGraded ?? 0, passed: sums.counts.attemptsPassed ?? 0, bins };
      },
    );
  };
