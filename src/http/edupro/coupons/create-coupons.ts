import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { MOST_COUPONS, sellCoupons } from '../../../commands/coupons/sell-coupons.js';
import { personById } from '../../../projections/people/queries.js';
import { couponsByIds } from '../../../projections/teacher-coupons/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { presentCoupon } from './presenter.js';
import { Coupon, CreateCouponsBody } from './schemas.js';
import { couponWords } from './words.js';

/** Each request appends to as many streams as it makes coupons. */
const REQUESTS = { max: 60, windowMs: 3_600_000 };

export const createCouponsRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, commands } = services;

    app.post(
      '/coupon/create/',
      {
        schema: {
          tags: ['EduPro: coupons'],
          summary: 'Create coupon (5.1)',
          description: `Up to ${MOST_COUPONS} at once. Each opens one course or module of the teacher, once, and expires in a year. A repeat by Idempotency-Key makes no more.`,
          body: CreateCouponsBody,
          response: { 201: Type.Array(Coupon) },
        },
        config: { ...teachersOnly, reads: ['teacher-coupons', 'people'], limits: { requestsPerAccount: REQUESTS }, refusals: couponWords },
      },
      async (request, reply) => {
        const { accountId: teacherId } = accountOf(request);
        const { number_of_coupons: count, price } = request.body;
        const couponIds = await run(request, reply, sellCoupons, { teacherId, count, price });
        const [teacher, coupons] = await Promise.all([personById(readModels, teacherId), couponsByIds(readModels, couponIds)]);
        const now = commands.clock.now();
        reply.code(201);
        return coupons.flatMap((coupon) => (coupon === undefined ? [] : [presentCoupon(coupon, teacher?.number ?? 0, now)]));
      },
    );
  };
