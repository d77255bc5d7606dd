import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { courseMaterial } from '../../../domain/resources/course-material.js';
import { academyCoursesByIds } from '../../../projections/academy-courses/queries.js';
import { hasAccess } from '../../../projections/enrollments/queries.js';
import { recordQueries } from '../../../projections/kernel/record-queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsOnly, anyAccount, studentsAndAdmins } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { isUnlocked, lockedUntil, presentListed, presentShown, type MaterialDocument, type Reader } from './presenter.js';
import { ListedMaterial, MaterialOfCourse, ShownMaterial } from './schemas.js';

const tags = ['Academy: materials'];
export const materials = recordQueries(courseMaterial);

const UNKNOWN_COURSE = 'Unknown Course';
export const NO_SUCH_MATERIAL = 'Material not found';

const readerOf = async ({ readModels }: HttpServices, request: FastifyRequest, courseId: string): Promise<Reader> => {
  const { accountId, role } = accountOf(request);
  const isAdmin = role === 'admin';
  return { isAdmin, isEnrolled: !isAdmin && (await hasAccess(readModels, accountId, courseId)) };
};

const assertEnrolled = ({ isAdmin, isEnrolled }: Reader): void => {
  if (!isAdmin && !isEnrolled) throw new Problem(403, 'not-enrolled', 'You are not enrolled in this course');
};

const courseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands: { clock } } = services;
    const config = { reads: ['courseMaterial', 'enrollments'], limits: { areas: [limits.browsing] } } as const;
    const schema = { tags, params: inUrl('courseId'), response: { 200: Answer(Type.Array(ListedMaterial)), ...problems(403, 404) } };

    const list = async (request: FastifyRequest, courseId: string, isPublic: boolean) => {
      const reader = await readerOf(services, request, courseId);
      if (!isPublic) assertEnrolled(reader);
      const found = await materials.all(readModels, { courseId });
      if (found.length === 0) throw new Problem(404, 'no-materials', 'No materials found for this course');
      return answer(found.map((material) => presentListed(material, reader, clock.now())), 'Materials retrieved successfully');
    };

    app.get(
      '/materials/course/:courseId/public',
      { schema: { ...schema, summary: 'What materials a course has (7)' }, config: { ...anyAccount, ...config } },
      async (request) => list(request, request.params.courseId, true),
    );
    app.get(
      '/materials/course/:courseId',
      { schema: { ...schema, summary: 'The materials of a course, for its students (7)' }, config: { ...studentsAndAdmins, ...config } },
      async (request) => list(request, request.params.courseId, false),
    );
  };

const oneRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands: { clock } } = services;

    app.get(
      '/materials/:id',
      {
        schema: { tags, summary: 'One material (7)', params: inUrl('id'), response: { 200: Answer(ShownMaterial), ...problems(403, 404) } },
        config: { ...studentsAndAdmins, reads: ['courseMaterial', 'enrollments'], limits: { areas: [limits.browsing] } },
      },
      async (request) => {
        const material = await materials.byId(readModels, request.params.id);
        if (material === undefined) throw new Problem(404, 'record-not-found', NO_SUCH_MATERIAL);
        const reader = await readerOf(services, request, material.fields.courseId);
        assertEnrolled(reader);
        const now = clock.now();
        if (!reader.isAdmin && !isUnlocked(material, now)) throw new Problem(403, 'material-locked', lockedUntil(material));
        return answer(presentShown(material, reader, now), 'Material retrieved successfully');
      },
    );
  };

const listRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands: { clock } } = services;

    const withCourses = async (found: readonly MaterialDocument[]) => {
      const ids = [...new Set(found.map(({ fields }) => fields.courseId))];
      const courses = await academyCoursesByIds(readModels, ids);
      const titles = new Map(ids.map((id, index) => [id, courses[index]?.title ?? UNKNOWN_COURSE]));
      return found.map((material) => {
        const { courseId } = material.fields;
        return { ...presentShown(material, { isAdmin: true }, clock.now()), course: { id: courseId, title: titles.get(courseId) ?? UNKNOWN_COURSE } };
      });
    };

    app.get(
      '/materials',
      {
        schema: { tags, summary: 'All materials (7)', querystring: PlainListQuery, response: { 200: Answer(Type.Array(MaterialOfCourse)) } },
        config: { ...adminsOnly, reads: ['courseMaterial', 'academy-courses'], limits: { areas: [limits.browsing] } },
      },
      async (request, reply) => {
        const { records, total } = await materials.page(readModels, listSlice(request.query));
        tellTotal(reply, total);
        return answer(await withCourses(records), 'All materials retrieved successfully');
      },
    );
  };

export const materialReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(courseRoutes(services));
    await app.register(oneRoute(services));
    await app.register(listRoute(services));
  };
