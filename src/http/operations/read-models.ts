import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound, Problem, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { operatingLimit } from './limits.js';
import type { ReadModelStanding, RebuildProgress } from './operating.js';
import { reachable } from './reachable.js';

const Rebuild = Type.Object({
  state: Type.Enum(['requested', 'running', 'done', 'failed', 'stopped'], { description: 'requested: the process with the role projector begins with it' }),
  requestedAt: Type.String(),
  position: Type.String(),
  head: Type.String({ description: 'Of the log, which grows meanwhile' }),
  percent: Type.Number(),
  failure: Nullable(Type.String()),
});

const ReadModel = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  state: Type.Enum(['serving', 'building', 'failed']),
  position: Type.String(),
  behind: Type.Number(),
  unit: Type.Enum(['events', 'bytes'], { description: 'Of behind: events (embedded) or bytes of the log (EventStoreDB)' }),
  secondsBehind: Type.Number({ description: 'Age of the oldest event that is missing' }),
  since: Nullable(Type.String({ description: 'Since when it does not serve' })),
  failure: Nullable(Type.String()),
  rebuild: Nullable(Rebuild),
});

const presentRebuild = ({ state, requestedAt, position, head, percent, failure }: RebuildProgress): Static<typeof Rebuild> => ({
  state,
  requestedAt,
  position: position.toString(),
  head: head.toString(),
  percent,
  failure,
});

const present = ({ projection, version, checkpoint, behind, unit, secondsBehind, unavailable, rebuild }: ReadModelStanding): Static<typeof ReadModel> => ({
  name: projection,
  version,
  state: unavailable?.state ?? 'serving',
  position: checkpoint.toString(),
  behind: Number(behind),
  unit,
  secondsBehind,
  since: unavailable?.since ?? null,
  failure: unavailable?.state === 'failed' ? unavailable.reason : null,
  rebuild: rebuild === null ? null : presentRebuild(rebuild),
});

const tags = ['Operations'];
const params = Type.Object({ name: Line({ minLength: 1, maxLength: 100 }) });
const config = { access: ['admin'], reads: [], limits: { areas: [operatingLimit] }, asOf: false } as const;

/** GET /operations/read-models, and of one of them. */
export const readModelRoutes =
  ({ operating }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/operations/read-models',
      { schema: { tags, summary: 'Where each read model stands, and its last rebuild', response: { 200: Type.Object({ readModels: Type.Array(ReadModel) }) } }, config },
      async ({ log }) => ({ readModels: (await reachable(log, 'read models', operating.readModels)).map(present) }),
    );

    app.get(
      '/operations/read-models/:name',
      { schema: { tags, summary: 'Where a read model stands, and its last rebuild', params, response: { 200: ReadModel, ...problems(404) } }, config },
      async ({ log, params: { name } }) => {
        const found = (await reachable(log, 'read models', operating.readModels)).find(({ projection }) => projection === name);
        if (found === undefined) throw notFound('read model');
        return present(found);
      },
    );
  };

/** The rebuild of a read model: POST asks for it, the list shows its progress, DELETE gives it up. */
export const rebuildRoutes =
  ({ operating }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/operations/read-models/:name/rebuild',
      {
        schema: {
          tags,
          summary: 'Builds a read model again, while the old copy serves',
          description: 'Whichever process has the role projector does it; GET /operations/read-models/:name shows how far it is. One at a time: 409 while another one is under way.',
          params,
          response: { 202: Rebuild, ...problems(404, 409) },
        },
        config,
      },
      async (request, reply) => {
        const { log, params: { name } } = request;
        const asked = await reachable(log, 'read models', () => operating.rebuild(name));
        if (asked === undefined) throw notFound('read model');
        if (!asked.ok) {
          const { projection, state, requestedAt } = asked.underWay;
          throw new Problem(409, 'rebuild-under-way', `${projection} is being built again already.`, undefined, { projection, state, requestedAt });
        }
        log.info({ requestId: request.id, accountId: accountOf(request).accountId, projection: name }, 'an operator asked for a rebuild');
        return reply.code(202).send(presentRebuild({ ...asked.rebuild, percent: 0 }));
      },
    );

    app.delete(
      '/operations/read-models/:name/rebuild',
      {
        schema: {
          tags,
          summary: 'Gives the rebuild of a read model up; what serves goes on serving',
          params,
          response: { 202: Type.Object({ name: Type.String(), state: Type.Literal('stopping') }), ...problems(404, 409) },
        },
        config,
      },
      async (request, reply) => {
        const { log, params: { name } } = request;
        const asked = await reachable(log, 'read models', () => operating.stopRebuild(name));
        if (asked === 'none') throw notFound('rebuild');
        if (asked === 'needed') throw new Problem(409, 'rebuild-needed', `Nothing serves beside it: without this copy ${name} can't be shown.`);
        log.info({ requestId: request.id, accountId: accountOf(request).accountId, projection: name }, 'an operator stopped a rebuild');
        return reply.code(202).send({ name, state: 'stopping' as const });
      },
    );
  };
