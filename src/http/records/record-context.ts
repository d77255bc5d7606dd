import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static, type TSchema } from 'typebox';
import { ruleOf } from '../../commands/access/record-rules.js';
import { isRuleName, type RuleName } from '../../commands/access/rule-names.js';
import type { RecordFields } from '../../domain/record/record-book.js';
import { scopeOf } from '../../domain/record/record-place.js';
import type { AnyResource, FieldsOf } from '../../domain/record/resource.js';
import type { ProjectionName } from '../../projections/index.js';
import { recordQueries } from '../../projections/kernel/record-queries.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import type { HttpServices } from '../http-services.js';
import { accountOf, optionalAccountOf } from '../shared/access.js';
import { invalidField, notFound, problems } from '../shared/problem.js';
import { runner, type Review } from '../shared/run.js';
import { visibleRecord } from './record-access.js';
import { RecordWire } from './record-schemas.js';
import { plainEnvelope, type RecordRoute, type RecordSurface } from './record-surface.js';
import { Line } from '../shared/text-schemas.js';

export interface RecordRequest {
  readonly Body: RecordFields;
  readonly Params: Readonly<Record<string, string | number>>;
  readonly Querystring: RecordFields & { readonly page?: number; readonly limit?: number; readonly cursor?: string };
}

const RecordId = Line({ minLength: 1, maxLength: 200 });
const RecordNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

const ruleNamed = (name: string): { readonly rule?: RuleName } => (isRuleName(name) ? { rule: name } : {});

/** The parameters of a URL; the last one is the record's id or number. */
const paramsSchema = (url: string, last: TSchema): TSchema => {
  const names = RecordWire.paramsOf(url);
  return Type.Object(Object.fromEntries(names.map((name, index) => [name, index === names.length - 1 ? last : RecordId])));
};

export const recordContext = <R extends AnyResource, Answer extends TSchema>(services: HttpServices, resource: R, surface: RecordSurface<R, Answer>) => {
  const queries = recordQueries(resource);
  const envelope = surface.envelope ?? plainEnvelope;
  const wire = new RecordWire(resource, surface.names, { ...surface.defaults });
  const { readModels } = services;

  const find = async (id: string | number | undefined): Promise<RecordDocument<FieldsOf<R>> | undefined> => {
    const record = await (typeof id === 'number' ? queries.byNumber(readModels, id) : queries.byId(readModels, id ?? ''));
    return record?.endedWith === null ? record : undefined;
  };

  const shown = async (request: FastifyRequest, id: string | number | undefined): Promise<RecordDocument<FieldsOf<R>>> => {
    const record = await find(id);
    const isThere = record?.deletedAt === null ? record : undefined;
    return visibleRecord(readModels, resource, surface.noun, optionalAccountOf(request), isThere);
  };

  return {
    resource,
    surface,
    envelope,
    wire,
    queries,
    readModels,
    run: runner(services),
    present: (record: RecordDocument<FieldsOf<R>>): Static<Answer> => surface.present(record),
    /** The place of the record, also of a deleted one. */
    target: async (request: FastifyRequest<RecordRequest>, url: string) => {
      const record = await find(request.params[RecordWire.paramsOf(url).at(-1) ?? 'id']);
      if (record === undefined) throw notFound(surface.noun);
      return { actor: accountOf(request), recordId: record.id, scope: scopeOf(resource, { ownerId: record.ownerId, fields: { ...record.fields } }) };
    },
    params: (url: string): TSchema => paramsSchema(url, surface.ids === 'number' ? RecordNumber : RecordId),
    inUrl: (params: RecordRequest['Params'], names: readonly string[]): RecordFields =>
      Object.fromEntries(names.map((name) => [wire.fieldOf(name), params[name]])),
    reviewed: <Value>(outcome: Parameters<Review<Value>>[0]): Parameters<Review<Value>>[0] => {
      if (outcome.ok) return outcome;
      if (outcome.rejection === 'record-not-found') throw notFound(surface.noun);
      if (outcome.rejection !== 'record-value-invalid') return outcome;
      throw invalidField(wire.nameOf(String(outcome.details?.['field'])), String(outcome.details?.['problem']));
    },
    one: async (request: FastifyRequest, reply: FastifyReply, id: string | number | undefined, { status = 200, message = '' }: RecordRoute): Promise<unknown> => {
      reply.code(status);
      return envelope.presentOne(surface.present(await shown(request, id)), message);
    },
    schema: (route: RecordRoute, summary: string, rest: object, statuses: readonly number[], answer: TSchema = envelope.one(surface.answer)) => ({
      tags: [surface.tag],
      summary: route.summary ?? summary,
      ...rest,
      response: { [route.status ?? 200]: answer, ...problems(...statuses) },
    }),
    config: ({ access = 'account', refusals }: RecordRoute, action: keyof AnyResource['rules']) => ({
      access,
      // Every resource has a projection in the list; a test's resource has it in the test's own list.
      reads: [resource.category as ProjectionName, ...ruleOf(resource, 'read').reads],
      ...ruleNamed(resource.rules[action]),
      ...(refusals === undefined ? {} : { refusals }),
    }),
  };
};

export type RecordContext<R extends AnyResource, Answer extends TSchema> = ReturnType<typeof recordContext<R, Answer>>;
