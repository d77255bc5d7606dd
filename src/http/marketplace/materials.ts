import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { isAdmin } from '../../commands/access/rules.js';
import { Nullable } from '../../domain/kernel/event-schema.js';
import type { RecordFields } from '../../domain/record/record-book.js';
import { HIGHEST_ORDER, material } from '../../domain/resources/material.js';
import { coursesRunBy } from '../../projections/courses/queries.js';
import { enrolledCourseIds } from '../../projections/enrollments/queries.js';
import { lastOrder, materialsOf, type MaterialDocument, type VisibleCourses } from '../../projections/materials/queries.js';
import type { HttpServices } from '../http-services.js';
import { recordRoutes } from '../records/record-routes.js';
import { usualRoutes } from '../records/record-surface.js';
import { refusalProblem } from '../refusals/index.js';
import { accountOf } from '../shared/access.js';
import { visibleCourse } from '../shared/course-visibility.js';
import { answerPage, Page, PageQuery } from '../shared/pagination.js';

const tag = 'Materials';
const { courseId, title, type, content, order, isPublished } = material.schema.properties;

const Material = Type.Object({
  id: Type.String(),
  courseId,
  title,
  description: Nullable(Type.String()),
  type,
  content,
  order,
  duration: Nullable(Type.Number({ description: 'Seconds' })),
  isPublished,
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

const present = ({ id, fields, createdAt, changedAt }: MaterialDocument): Static<typeof Material> => ({
  id,
  ...fields,
  description: fields.description ?? null,
  duration: fields.duration ?? null,
  createdAt,
  updatedAt: changedAt,
});

const FIRST = 1;

const namesOrder = ({ body }: FastifyRequest): boolean => typeof body === 'object' && body !== null && 'order' in body;

/** A new material without a place comes after the others of its course. To who may not see the course there is none. */
const placed =
  (services: HttpServices) =>
  async (fields: RecordFields, request: FastifyRequest): Promise<RecordFields> => {
    if (request.method !== 'POST') return fields;
    const of = String(fields['courseId']);
    if ((await visibleCourse(services, accountOf(request), of)) === undefined) throw refusalProblem('record-reference-missing', { field: 'courseId' });
    if (namesOrder(request)) return fields;
    const last = await lastOrder(services.readModels, of);
    return { ...fields, order: last === undefined ? FIRST : Math.min(Math.floor(last) + 1, HIGHEST_ORDER) };
  };

/** A list of the materials of all courses shows those of the newest, run and taken each. */
const MOST_COURSES = 200;

const visibleCourses = async ({ readModels }: HttpServices, accountId: string): Promise<VisibleCourses> => {
  const [run, taken] = await Promise.all([coursesRunBy(readModels, accountId, MOST_COURSES), enrolledCourseIds(readModels, accountId, MOST_COURSES)]);
  return { run, taken };
};

const allMaterials = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  app.get(
    '/materials',
    {
      schema: {
        tags: [tag],
        summary: 'Every material that the caller may see, course by course',
        description: `Those of the ${MOST_COURSES} newest courses that the caller runs, and the published ones of the ${MOST_COURSES} latest that the caller has; all of them for admins.`,
        querystring: PageQuery,
        response: { 200: Page(Material) },
      },
      config: { access: 'account', reads: ['material', 'courses', 'enrollments', 'organizations'], rule: 'course-member' },
    },
    async (request) => {
      const account = accountOf(request);
      const visible = isAdmin(account) ? 'all' : await visibleCourses(services, account.accountId);
      return answerPage(request.query, (page) => materialsOf(services.readModels, visible, page), ({ records }) => records.map(present));
    },
  );
};

export const materialRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    const routes = recordRoutes(material, {
      tag,
      noun: 'material',
      answer: Material,
      present,
      defaults: { isPublished: false, order: FIRST },
      input: placed(services),
      ...usualRoutes('/materials'),
      lists: [{ url: '/materials/course/:courseId' }],
    });
    await app.register(routes(services));
    await app.register(allMaterials(services));
  };
