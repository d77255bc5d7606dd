import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { categories, catalogReads, offeredCourses, type CatalogCourse, type OfferList, type OfferSearch } from '../../../projections/catalog/queries.js';
import type { Slice } from '../../../projections/kernel/slice.js';
import { teachersByName } from '../../../projections/people/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import type { HttpServices } from '../../http-services.js';
import { problems } from '../../shared/problem.js';
import { answerPage, Page, PageQuery } from '../pages.js';
import { presentCourse } from './presenter.js';
import { Course } from './schemas.js';
import { tags } from './shown-course.js';

/** Of one name, whose courses a filter finds. */
const MOST_NAMESAKES = 100;

const Filters = Type.Object({
  ...PageQuery,
  category__name: Type.Optional(Type.String({ maxLength: 200 })),
  teacher__full_name: Type.Optional(Type.String({ maxLength: 500 })),
  is_published: Type.Optional(Type.String({ maxLength: 200 })),
  search: Type.Optional(Type.String({ maxLength: 200, description: 'Words that all stand in title or description' })),
  ordering: Type.Optional(Type.String({ maxLength: 200, description: 'created_at, price or total_enrollments; with - before it the other way round' })),
});

const ORDERS = { created_at: 'createdAt', price: 'priceOrder', total_enrollments: 'enrollments' } as const;
const isOrder = (name: string): name is keyof typeof ORDERS => Object.hasOwn(ORDERS, name);

/** The first field that can be ordered by counts; others are ignored. */
const orderOf = (ordering = ''): Pick<OfferSearch, 'orderBy' | 'direction'> => {
  for (const part of ordering.split(',')) {
    const name = part.trim().replace(/^-/, '');
    if (isOrder(name)) return { orderBy: ORDERS[name], direction: part.trim().startsWith('-') ? -1 : 1 };
  }
  return {};
};

const UNPUBLISHED: ReadonlySet<string> = new Set(['false', '0']);

/** Undefined: it finds nothing. What is not published is in no public list. */
const searchOf = async (readModels: ReadModels, query: Static<typeof Filters>): Promise<OfferSearch | undefined> => {
  if (UNPUBLISHED.has(query.is_published?.trim().toLowerCase() ?? '')) return undefined;
  const [categoryName, teacherName] = [query.category__name?.trim() ?? '', query.teacher__full_name?.trim() ?? ''];
  const [named, teachers] = await Promise.all([
    categoryName === '' ? undefined : categories.all(readModels, { name: categoryName }),
    teacherName === '' ? undefined : teachersByName(readModels, teacherName, MOST_NAMESAKES),
  ]);
  const categoryId = named?.[0]?.id;
  if ((named !== undefined && categoryId === undefined) || teachers?.length === 0) return undefined;
  return {
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(teachers === undefined ? {} : { instructorIds: teachers.map(({ id }) => id) }),
    words: query.search?.trim() ?? '',
    ...orderOf(query.ordering),
  };
};

export const courseListRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, config } = services;
    const present = (course: CatalogCourse) => presentCourse(course, config.publicUrl);

    app.get(
      '/course/list/',
      {
        schema: { tags, summary: 'List courses (public) (3.2)', description: 'The newest first.', querystring: Type.Object(PageQuery), response: { 200: Page(Course), ...problems(404) } },
        config: { access: 'public', reads: catalogReads },
      },
      (request) => answerPage(request, request.query, (slice) => offeredCourses(readModels, {}, slice), ({ courses }) => courses.map(present)),
    );

    app.get(
      '/course/course-search-filter/',
      {
        schema: {
          tags,
          summary: 'Course search and filter (3.6)',
          description: 'The newest first, unless another order is asked for. A search puts its 500 newest matches into another order.',
          querystring: Filters,
          response: { 200: Page(Course), ...problems(404) },
        },
        config: { access: 'public', reads: [...catalogReads, 'people'] },
      },
      async (request) => {
        const search = await searchOf(readModels, request.query);
        const find = async (slice: Slice): Promise<OfferList> => (search === undefined ? { courses: [], total: 0 } : offeredCourses(readModels, search, slice));
        return answerPage(request, request.query, find, ({ courses }) => courses.map(present));
      },
    );
  };
