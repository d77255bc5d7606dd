import type { FastifyInstance } from 'fastify';
import { Type, type TSchema } from 'typebox';
import { changeRecord } from '../../commands/records/change-record.js';
import { createRecord } from '../../commands/records/create-record.js';
import { deleteRecord } from '../../commands/records/delete-record.js';
import { restoreRecord } from '../../commands/records/restore-record.js';
import type { AnyResource } from '../../domain/record/resource.js';
import { accountOf } from '../shared/access.js';
import type { RecordContext, RecordRequest } from './record-context.js';
import { RecordWire } from './record-schemas.js';
import type { ChangeRoute, CreateRoute, RecordRoute } from './record-surface.js';

type Context<R extends AnyResource, Answer extends TSchema> = RecordContext<R, Answer>;

export const createRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: Context<R, Answer>, route: CreateRoute): void => {
  const { surface, wire, run, inUrl } = context;
  // Schemas made from the declaration have checked the values.
  const resource: AnyResource = context.resource;
  const names = RecordWire.paramsOf(route.url);
  const fixed = names.map((name) => wire.fieldOf(name));
  const rest = { params: Type.Object(Object.fromEntries(names.map((name, index) => [name, wire.schemaOf(fixed[index] ?? name)]))), body: wire.wholeBody(fixed) };
  app.route<RecordRequest>({
    method: 'POST',
    url: route.url,
    schema: context.schema(route, `Create a ${surface.noun}`, rest, [403, 404, 409, 422]),
    config: context.config(route, 'create'),
    handler: async (request, reply) => {
      const sent = { ...wire.wholeIn(request.body), ...inUrl(request.params, names) };
      const fields = (await surface.input?.(sent, request)) ?? sent;
      const owner = route.ownerId === undefined ? {} : { ownerId: route.ownerId(request) };
      const { recordId } = await run(request, reply, createRecord(resource), { actor: accountOf(request), fields, ...owner }, context.reviewed);
      return context.one(request, reply, recordId, route);
    },
  });
};

export const changeRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: Context<R, Answer>, route: ChangeRoute): void => {
  const { surface, wire, run } = context;
  const resource: AnyResource = context.resource;
  for (const method of route.methods ?? (['PATCH'] as const)) {
    const isWhole = method === 'PUT';
    const ignored = Object.entries(resource.fixed).flatMap(([name, how]) => (how === 'ignored' ? [name] : []));
    const rest = { params: context.params(route.url), body: isWhole ? wire.wholeBody(ignored) : wire.partialBody(ignored) };
    app.route<RecordRequest>({
      method,
      url: route.url,
      schema: context.schema(route, isWhole ? `Replace a ${surface.noun}` : `Change fields of a ${surface.noun}`, rest, [403, 404, 409, 422]),
      config: context.config(route, 'write'),
      handler: async (request, reply) => {
        const target = await context.target(request, route.url);
        const { fields: sent, cleared } = isWhole ? { fields: wire.wholeIn(request.body), cleared: undefined } : wire.changesIn(request.body);
        const fields = (await surface.input?.(sent, request)) ?? sent;
        const input = { ...target, fields, cleared: cleared ?? wire.absentIn(fields) };
        await run(request, reply, changeRecord(resource), input, context.reviewed);
        return context.one(request, reply, target.recordId, route);
      },
    });
  }
};

const Deleted = Type.Object({ id: Type.Union([Type.String(), Type.Integer()]), deleted: Type.Literal(true) });

export const deleteRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: Context<R, Answer>, route: RecordRoute): void => {
  const { resource, surface, envelope, run } = context;
  const isEmpty = route.status === 204;
  const answer = isEmpty ? Type.Null() : envelope.one(Deleted);
  app.route<RecordRequest>({
    method: 'DELETE',
    url: route.url,
    schema: context.schema(route, `Delete a ${surface.noun}`, { params: context.params(route.url) }, [403, 404], answer),
    config: context.config(route, 'write'),
    handler: async (request, reply) => {
      const target = await context.target(request, route.url);
      await run(request, reply, deleteRecord(resource), target, context.reviewed);
      reply.code(route.status ?? 200);
      return isEmpty ? null : envelope.presentOne({ id: request.params[RecordWire.paramsOf(route.url).at(-1) ?? 'id'], deleted: true }, route.message ?? '');
    },
  });
};

export const restoreRoute = <R extends AnyResource, Answer extends TSchema>(app: FastifyInstance, context: Context<R, Answer>, route: RecordRoute): void => {
  const { resource, surface, run } = context;
  app.route<RecordRequest>({
    method: 'POST',
    url: route.url,
    schema: context.schema(route, `Restore a deleted ${surface.noun}`, { params: context.params(route.url) }, [403, 404, 409, 422]),
    config: context.config(route, 'write'),
    handler: async (request, reply) => {
      const target = await context.target(request, route.url);
      await run(request, reply, restoreRecord(resource), target, context.reviewed);
      return context.one(request, reply, target.recordId, route);
    },
  });
};
