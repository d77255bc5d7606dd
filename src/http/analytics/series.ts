import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { sumStretches, type Sums } from '../../projections/analytics/queries.js';
import type { HttpServices } from '../http-services.js';
import { problems } from '../shared/problem.js';
import { rowOf, sendCsv } from './csv.js';
import { shownFigures, shownRange, sumOfPrevious, totalOf } from './figures.js';
import { figureReading } from './limits.js';
import { pointsOf, rangeOf } from './ranges.js';
import { Compare, Format, jsonOrCsv, Range, Scope, Series, Unit } from './schemas.js';
import { FIGURE_READS, scopeOf } from './scope.js';

const JSON_TYPE = 'application/json; charset=utf-8';

type Services = Pick<HttpServices, 'readModels'> & { readonly commands: Pick<HttpServices['commands'], 'clock'> };

/** GET /analytics/series: figures hour by hour, day by day, week by week or month by month. */
export const seriesRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands } = services;
    // The same sums are given again while nothing changed, and they belong to one key and one range.
    const answers = new WeakMap<readonly Sums[], string>();
    app.get(
      '/analytics/series',
      {
        schema: {
          tags: ['Analytics'],
          summary: 'Figures by hour, day, week or month of a time zone',
          description: 'docs/analytics.md says what each figure counts. Weeks begin on Mondays; the first and the last week or month are cut by the range.',
          querystring: Type.Object({ ...Scope, ...Range, unit: Unit, compare: Compare, format: Format }),
          response: { 200: jsonOrCsv(Series), ...problems(403, 404) },
        },
        config: { access: 'account', rule: 'figures-reader', reads: FIGURE_READS, limits: { areas: [figureReading] } },
      },
      async (request, reply) => {
        const { unit = 'day', compare, format } = request.query;
        const of = await scopeOf(services, request, request.query);
        const range = rangeOf(request.query, commands.clock.now().getTime());
        const periods = pointsOf(range, unit);
        const sums = await sumStretches(readModels, of, periods);
        const known = answers.get(sums);
        if (format !== 'csv' && compare === undefined && known !== undefined) return reply.type(JSON_TYPE).send(known);
        const points = sums.map((figures, index) => ({ start: periods[index]?.start ?? '', ...shownFigures(figures) }));
        if (format === 'csv') return sendCsv(reply, `figures-${range.from}-${range.to}`, points.map(({ start, ...figures }) => rowOf({ start }, figures)), ['start']);
        const answer = { ...shownRange(of, range), unit, points, totals: shownFigures(totalOf(sums)) };
        if (compare === undefined) {
          const text = JSON.stringify(answer);
          answers.set(sums, text);
          return reply.type(JSON_TYPE).send(text);
        }
        const previous = await sumOfPrevious(readModels, of, range);
        return { ...answer, previous: { from: previous.range.from, to: previous.range.to, ...shownFigures(previous.sums) } };
      },
    );
  };
