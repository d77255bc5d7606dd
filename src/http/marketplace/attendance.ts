import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import { Type, type Static } from 'typebox';
import { recordAttendance } from '../../commands/attendance/record-attendance.js';
import { managesAttendance, readsAttendance } from '../../commands/access/organization-rules.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import { OWNER, type FieldsOf } from '../../domain/record/resource.js';
import { attendance } from '../../domain/resources/attendance.js';
import type { RecordDocument } from '../../projections/kernel/record-projection.js';
import { recordQueries } from '../../projections/kernel/record-queries.js';
import type { HttpServices } from '../http-services.js';
import { visibleList } from '../records/record-access.js';
import { recordRoutes } from '../records/record-routes.js';
import { usualRoutes } from '../records/record-surface.js';
import { accountOf } from '../shared/access.js';
import { answerPage, Page, PageQuery, type PageRequest } from '../shared/pagination.js';
import { notFound, problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { ClientId } from '../shared/text-schemas.js';

const tag = 'Attendance';
const { status, day, notes } = attendance.schema.properties;
const queries = recordQueries(attendance);
const reads = ['attendance', 'organizations'] as const;

const Attendance = Type.Object({
  id: Type.String(),
  userId: Type.String(),
  courseId: Type.String(),
  materialId: Type.String(),
  organizationId: Type.String(),
  day,
  status,
  notes: Nullable(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String({ description: 'Later than createdAt: it was corrected; the stream keeps what stood there before' }),
});

const present = ({ id, fields, createdAt, changedAt }: RecordDocument<FieldsOf<typeof attendance>>): Static<typeof Attendance> => ({
  id,
  ...fields,
  notes: fields.notes ?? null,
  createdAt,
  updatedAt: changedAt,
});

const NewAttendance = Type.Object({
  userId: ClientId,
  courseId: ClientId,
  materialId: ClientId,
  organizationId: ClientId,
  status,
  notes,
  day: Type.Optional({ ...day, description: 'The day that it is for, up to today; absent: today, in the time zone of the organization (an addition to the document)' }),
});

const creation = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/attendance',
    {
      schema: {
        tags: [tag],
        summary: 'Record whether a person was there, once for each material and day',
        body: NewAttendance,
        response: { 201: Attendance, ...problems(403, 404, 409, 422) },
      },
      config: {
        access: 'account',
        reads,
        rule: managesAttendance.ruleName,
        refusals: { 'record-exists': 'The attendance of this person at this material is recorded for the day: correct it with a PATCH.' },
      },
    },
    async (request, reply) => {
      const { recordId } = await run(request, reply, recordAttendance, { ...request.body, actor: accountOf(request) });
      const recorded = await queries.byId(services.readModels, recordId);
      if (recorded === undefined) throw notFound('attendance');
      return reply.code(201).send(present(recorded));
    },
  );
};

const Filters = Type.Object({ organizationId: Type.Optional(ClientId), courseId: Type.Optional(ClientId), userId: Type.Optional(ClientId) });

const lists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/attendance',
    {
      schema: {
        tags: [tag],
        summary: 'Attendance, the latest day first: one’s own; with organizationId all of it, for who manages it there',
        querystring: Type.Object({ ...PageQuery.properties, ...Filters.properties }),
        response: { 200: Page(Attendance), ...problems(403) },
      },
      config: { access: 'account', reads, rule: readsAttendance.ruleName },
    },
    async (request) => {
      const { organizationId, courseId, userId } = request.query;
      const asked = {
        ...(organizationId === undefined ? {} : { organizationId }),
        ...(courseId === undefined ? {} : { courseId }),
        ...(userId === undefined ? {} : { [OWNER]: userId }),
      };
      const visible = await visibleList(readModels, attendance, accountOf(request), asked);
      const where = Object.fromEntries(Object.entries(visible).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
      const find = (page: PageRequest) => queries.page(readModels, { ...page, where });
      return answerPage(request.query, find, ({ records }) => records.map(present));
    },
  );
};

export const attendanceRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const { get, change, delete: deletion } = usualRoutes('/attendance');
    const routes = recordRoutes(attendance, { tag, noun: 'attendance', answer: Attendance, present, get, change, delete: deletion });
    await app.register(routes(services));
    await app.register(creation(services));
    await app.register(lists(services));
  };
