import type { FastifyPluginAsync } from 'fastify';
import type { HttpServices } from '../../http-services.js';
import { createCouponsRoute } from './create-coupons.js';
import { couponListRoutes } from './lists.js';
import { ownCouponRoutes } from './own-coupon.js';

export const couponRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(createCouponsRoute(services));
    await app.register(couponListRoutes(services));
    await app.register(ownCouponRoutes(services));
  };
