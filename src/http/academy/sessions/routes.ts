import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { changeRecord } from '../../../commands/records/change-record.js';
import { createRecord } from '../../../commands/records/create-record.js';
import { deleteRecord } from '../../../commands/records/delete-record.js';
import { classSession, LONGEST_SESSION_DESCRIPTION, LONGEST_SESSION_HOURS, MOST_CLASS_SESSIONS } from '../../../domain/resources/class-session.js';
import { academyCourse } from '../../../projections/academy-courses/queries.js';
import { recordQueries } from '../../../projections/kernel/record-queries.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { invalidField, Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly, anyAccount } from '../callers.js';
import { noSuchCourse } from '../courses/reads.js';
import { Session } from '../courses/schemas.js';
import { describedAs, Description, inUrl, Uuid } from '../fields.js';
import { limits } from '../limits.js';

const tags = ['Academy: sessions'];
const sessions = recordQueries(classSession);

const fields = {
  startAt: Line({ format: 'date-time', maxLength: 40, description: 'With an offset' }),
  durationHrs: Type.Integer({ minimum: 1, maximum: LONGEST_SESSION_HOURS }),
  description: Description(LONGEST_SESSION_DESCRIPTION),
};
const NewSession = Type.Object({
  courseId: Uuid,
  startAt: fields.startAt,
  durationHrs: Type.Optional({ ...fields.durationHrs, default: 2 }),
  description: fields.description,
});
const SessionChanges = Type.Partial(Type.Object(fields));

const refusals: Wordings = {
  'record-not-found': [404, 'Session not found'],
  'record-reference-missing': [404, 'Course not found'],
  'record-limit-reached': [400, `A course has at most ${MOST_CLASS_SESSIONS} sessions`],
};

const inUtc = (startAt: string): string => {
  const instant = new Date(startAt);
  const year = instant.getUTCFullYear();
  // An offset may lead out of the years of four digits.
  if (Number.isNaN(year) || year < 0 || year > 9_999) throw invalidField('startAt', 'Start At is not a time of the calendar');
  return instant.toISOString();
};

type Found = NonNullable<Awaited<ReturnType<typeof sessions.byId>>>;

const present = ({ id, fields: { courseId, startAt, durationHrs, description = '' }, createdAt, changedAt: updatedAt }: Found): Static<typeof Session> => ({
  id, courseId, startAt, durationHrs, description, createdAt, updatedAt,
});

const readRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/courses/:courseId/sessions',
      {
        schema: { tags, summary: 'The sessions of a course, earliest first (2.3.1)', params: inUrl('courseId'), response: { 200: Answer(Type.Array(Session)) } },
        config: { ...anyAccount, reads: ['academy-courses'], limits: { areas: [limits.browsing] } },
      },
      async ({ params: { courseId } }) => {
        const course = await academyCourse(services.readModels, courseId);
        return answer((course?.sessions ?? []).map((session) => ({ ...session, courseId })));
      },
    );
  };

const changeRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;
    const config = { ...adminsOnly, reads: ['classSession'], shows: ['academy-courses'], limits: { areas: [limits.browsing] }, refusals } as const;

    const known = async (id: string): Promise<Found> => {
      const session = await sessions.byId(readModels, id);
      if (session === undefined) throw new Problem(404, 'record-not-found', 'Session not found');
      return session;
    };

    app.post(
      '/sessions',
      {
        schema: { tags, summary: 'Create a session (2.3.2)', body: NewSession, response: { 201: Answer(Session), ...problems(404) } },
        config: { ...config, reads: ['classSession', 'academy-courses'] },
      },
      async (request, reply) => {
        const { courseId, startAt, durationHrs = 2, description } = request.body;
        if ((await academyCourse(readModels, courseId)) === undefined) throw noSuchCourse();
        const wanted = { courseId, startAt: inUtc(startAt), durationHrs, ...describedAs(description).fields };
        const { recordId } = await run(request, reply, createRecord(classSession), { actor: accountOf(request), fields: wanted });
        return reply.code(201).send(answer(present(await known(recordId)), 'Session created successfully'));
      },
    );

    app.put(
      '/sessions/:id',
      {
        schema: { tags, summary: 'Change a session (2.3.3)', description: 'At least one field.', params: inUrl('id'), body: SessionChanges, response: { 200: Answer(Session), ...problems(404) } },
        config,
      },
      async (request, reply) => {
        const { startAt, description, ...others } = request.body;
        if (Object.keys(request.body).length === 0) throw new Problem(400, 'nothing-to-change', 'At least one field must be sent');
        const { id: recordId, fields: { courseId: scope } } = await known(request.params.id);
        const described = describedAs(description);
        const changes = { ...others, ...described.fields, ...(startAt === undefined ? {} : { startAt: inUtc(startAt) }) };
        await run(request, reply, changeRecord(classSession), { actor: accountOf(request), recordId, scope, fields: changes, cleared: described.cleared });
        return answer(present(await known(recordId)), 'Session updated successfully');
      },
    );

    app.delete(
      '/sessions/:id',
      { schema: { tags, summary: 'Delete a session (2.3.4)', params: inUrl('id'), response: { 200: Gone, ...problems(404) } }, config },
      async (request, reply) => {
        const { id: recordId, fields: { courseId: scope } } = await known(request.params.id);
        await run(request, reply, deleteRecord(classSession), { actor: accountOf(request), recordId, scope });
        return gone('Session deleted successfully');
      },
    );
  };

export const sessionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(readRoute(services));
    await app.register(changeRoutes(services));
  };
