import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { changeRating } from '../../../commands/ratings/change-rating.js';
import { withdrawRating } from '../../../commands/ratings/withdraw-rating.js';
import { courseById } from '../../../projections/courses/queries.js';
import { personById } from '../../../projections/people/queries.js';
import { ratingById, ratingByNumber, type RatingDocument } from '../../../projections/ratings/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { forbidden, notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { NO_PERMISSION } from '../surface.js';
import { presentOwnRating } from './presenter.js';
import { ChangeRatingBody, OwnRating, RatingParams } from './schemas.js';

const tags = ['EduPro: ratings'];
const NUMBER = /^[0-9]{1,15}$/;
const URL = '/course/retrive-upadate-delete-ratings/:id/';

const config = { access: 'account', reads: ['courses', 'people', 'ratings'] } as const;
const response = { 200: OwnRating, ...problems(403, 404) };

export const ownRatingRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    const ratingAt = (id: string): Promise<RatingDocument | undefined> => (NUMBER.test(id) ? ratingByNumber(readModels, Number(id)) : ratingById(readModels, id));

    /** The caller's own rating with what is shown of it. That there are others is no secret: lists show them. */
    const own = async (request: FastifyRequest, id: string) => {
      const account = accountOf(request);
      const rating = await ratingAt(id);
      const course = rating === undefined ? undefined : await courseById(readModels, rating.courseId);
      if (rating === undefined || course === undefined || course.deleted) throw notFound('rating');
      if (rating.studentId !== account.accountId) throw forbidden(NO_PERMISSION);
      const student = await personById(readModels, account.accountId);
      const target = { courseId: rating.courseId, ratingId: rating.id };
      return { account, target, shown: presentOwnRating(rating, course.title, student) };
    };

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, changes: Static<typeof ChangeRatingBody>) => {
      const { account, target } = await own(request, id);
      await run(request, reply, changeRating, { actor: account, ...target, ...changes });
      return (await own(request, target.ratingId)).shown;
    };

    app.get(URL, { schema: { tags, summary: 'Retrieve rating (6.3)', params: RatingParams, response }, config: { ...config, rule: 'owner' } }, async (request) => {
      const { shown } = await own(request, request.params.id);
      return shown;
    });

    for (const method of ['PUT', 'PATCH'] as const) {
      app.route({
        method,
        url: URL,
        schema: { tags, summary: 'Update rating (6.3)', description: 'What is left out stays as it is.', params: RatingParams, body: ChangeRatingBody, response },
        config: { ...config, rule: 'course-rater', refusals: { 'course-rater-not-enrolled': NO_PERMISSION } },
        handler: (request, reply) => change(request, reply, request.params.id, request.body),
      });
    }

    app.delete(
      URL,
      { schema: { tags, summary: 'Delete rating (6.3)', description: 'Answers the rating as it was.', params: RatingParams, response }, config: { ...config, rule: 'owner' } },
      async (request, reply) => {
        const { account, target, shown } = await own(request, request.params.id);
        await run(request, reply, withdrawRating, { studentId: account.accountId, ...target });
        return shown;
      },
    );
  };
