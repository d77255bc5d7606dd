import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { rateCourse } from '../../../commands/ratings/rate-course.js';
import { peopleByIds, personById } from '../../../projections/people/queries.js';
import { newestRatings, ratingById } from '../../../projections/ratings/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf } from '../../shared/access.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { studentsOnly } from '../callers.js';
import { NON_FIELD_ERRORS } from '../surface.js';
import { presentListedRating, presentOwnRating } from './presenter.js';
import { ListedRating, OwnRating, RateCourseBody, RatedCourseParams } from './schemas.js';

const tags = ['EduPro: ratings'];
const MOST_LISTED = 1_000;
const reads = ['courses', 'people', 'ratings'] as const;

export const courseRatingRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      '/courses/:course_id/list-ratings/',
      {
        schema: {
          tags,
          summary: 'List course ratings (6.1)',
          description: `The newest ${MOST_LISTED}, newest first.`,
          params: RatedCourseParams,
          response: { 200: Type.Array(ListedRating), ...problems(404) },
        },
        config: { access: 'public', reads, rule: 'course-reader' },
      },
      async (request) => {
        const course = await visibleCourse(services, optionalAccountOf(request), request.params.course_id);
        if (course === undefined) throw notFound('course');
        const ratings = await newestRatings(readModels, course.id, MOST_LISTED);
        const students = await peopleByIds(readModels, ratings.map(({ studentId }) => studentId ?? ''));
        return ratings.map((rating, index) => presentListedRating(rating, students[index]));
      },
    );

    app.post(
      '/courses/:course_id/ratings/create/',
      {
        schema: {
          tags,
          summary: 'Create course rating (6.2)',
          params: RatedCourseParams,
          body: RateCourseBody,
          response: { 201: OwnRating, ...problems(400, 403, 404) },
        },
        config: { ...studentsOnly, reads, rule: 'course-rater', refusals: { 'already-rated': { status: 400, field: NON_FIELD_ERRORS } } },
      },
      async (request, reply) => {
        const account = accountOf(request);
        const course = await visibleCourse(services, account, request.params.course_id);
        if (course === undefined) throw notFound('course');
        const { rating, comment = '' } = request.body;
        const { ratingId } = await run(request, reply, rateCourse, { actor: account, courseId: course.id, rating, comment });
        const [made, student] = await Promise.all([ratingById(readModels, ratingId), personById(readModels, account.accountId)]);
        if (made === undefined) throw notFound('rating');
        reply.code(201);
        return presentOwnRating(made, course.title, student);
      },
    );
  };
