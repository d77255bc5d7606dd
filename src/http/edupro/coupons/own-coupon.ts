import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { issuesCoupon } from '../../../commands/access/rules.js';
import { changeSoldCoupon, withdrawSoldCoupon } from '../../../commands/coupons/change-sold-coupon.js';
import type { AccessChanges } from '../../../domain/coupon/access.js';
import { personById } from '../../../projections/people/queries.js';
import { couponByNumber, type TeacherCouponDocument } from '../../../projections/teacher-coupons/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { forbidden, notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { teachersOnly } from '../callers.js';
import { momentOf } from '../instants.js';
import { NO_PERMISSION } from '../surface.js';
import { presentCoupon } from './presenter.js';
import { ChangeCouponBody, Coupon, CouponParams } from './schemas.js';
import { couponWords } from './words.js';

const tags = ['EduPro: coupons'];
const NUMBER = /^[0-9]{1,15}$/;
const config = { ...teachersOnly, reads: ['teacher-coupons', 'people'], rule: 'coupon-issuer', refusals: couponWords } as const;

const changesOf = ({ status, max_uses: maxUses, expiration_date: expires, price, is_active: isActive }: Static<typeof ChangeCouponBody>): AccessChanges => ({
  ...(status === 'available' || status === 'disabled' ? { status } : {}),
  ...(maxUses === undefined ? {} : { maxUses }),
  ...(expires === undefined ? {} : { expiresAt: momentOf('expiration_date', expires) }),
  ...(price === undefined ? {} : { price }),
  ...(isActive === undefined ? {} : { isActive }),
});

/** How routes of one coupon find it and show it. */
const couponsOf = ({ readModels, commands }: HttpServices) => {
  const known = async (id: string): Promise<TeacherCouponDocument> => {
    const coupon = NUMBER.test(id) ? await couponByNumber(readModels, Number(id)) : undefined;
    if (coupon === undefined) throw notFound('coupon');
    return coupon;
  };
  return {
    known,
    /** Throws 403 for one of another teacher. */
    own: async (request: FastifyRequest, id: string): Promise<TeacherCouponDocument> => {
      const coupon = await known(id);
      if (!issuesCoupon(accountOf(request), { issuedBy: coupon.teacherId })) throw forbidden(NO_PERMISSION);
      return coupon;
    },
    present: async (coupon: TeacherCouponDocument): Promise<Static<typeof Coupon>> => {
      const teacher = await personById(readModels, coupon.teacherId);
      return presentCoupon(coupon, teacher?.number ?? 0, commands.clock.now());
    },
  };
};

const detailAndDeletion =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { known, own, present } = couponsOf(services);

    app.get(
      '/coupon/detail/:coupon_id',
      { schema: { tags, summary: 'Coupon detail (5.3)', params: CouponParams, response: { 200: Coupon, ...problems(404) } }, config },
      async (request) => {
        const coupon = await known(request.params.coupon_id);
        if (!issuesCoupon(accountOf(request), { issuedBy: coupon.teacherId })) throw notFound('coupon');
        return present(coupon);
      },
    );

    app.delete(
      '/coupon/delete/:coupon_id',
      {
        schema: {
          tags,
          summary: 'Delete coupon (5.5)',
          description: 'Nobody can use it any more; what it opened stays open, and counts.',
          params: CouponParams,
          response: { 204: Type.Null(), ...problems(403, 404) },
        },
        config,
      },
      async (request, reply) => {
        const { code } = await own(request, request.params.coupon_id);
        await run(request, reply, withdrawSoldCoupon, { actor: accountOf(request), code });
        return reply.code(204).send(null);
      },
    );
  };

const changes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { own, present } = couponsOf(services);

    const change = async (request: FastifyRequest, reply: FastifyReply, id: string, body: Static<typeof ChangeCouponBody>) => {
      const { code } = await own(request, id);
      await run(request, reply, changeSoldCoupon, { actor: accountOf(request), code, changes: changesOf(body) });
      return present(await own(request, id));
    };

    for (const method of ['PUT', 'PATCH'] as const) {
      app.route({
        method,
        url: '/coupon/update/:coupon_id',
        schema: {
          tags,
          summary: 'Update coupon (5.4)',
          description: 'What is left out stays as it is. Uses that were made keep their price.',
          params: CouponParams,
          body: ChangeCouponBody,
          response: { 200: Coupon, ...problems(403, 404) },
        },
        config,
        handler: (request, reply) => change(request, reply, request.params.coupon_id, request.body),
      });
    }
  };

export const ownCouponRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(detailAndDeletion(services));
    await app.register(changes(services));
  };
