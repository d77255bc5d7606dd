import { isAdmin, issuesCoupon } from '../../../commands/access/rules.js';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changeCoupon } from '../../../commands/coupons/change-coupon.js';
import { normaliseCouponCode } from '../../../commands/coupons/coupon-terms.js';
import { issueCoupon } from '../../../commands/coupons/issue-coupon.js';
import { withdrawCoupon } from '../../../commands/coupons/withdraw-coupon.js';
import { couponByCode, couponById, listCoupons, type CouponDocument } from '../../../projections/coupons/queries.js';
import { courseById } from '../../../projections/courses/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { assertReadable } from '../../shared/reads.js';
import { visibleCourse } from '../../shared/course-visibility.js';
import { answerPage, Page, type PageRequest } from '../../shared/pagination.js';
import { notFound, problems } from '../../shared/problem.js';
import { missed } from '../../shared/guesses.js';
import { runner } from '../../shared/run.js';
import { couponChangesOf, namingField, newCouponOf } from './input.js';
import { presentDiscount, presentPublicDiscount } from './presenter.js';
import {
  ChangeDiscountBody,
  CreateDiscountBody,
  Discount,
  DiscountCodeParams,
  DiscountParams,
  DiscountQuery,
  PublicDiscount,
} from './schemas.js';

const common = { tags: ['Discount'] };
const issuers = { access: ['admin', 'instructor'], reads: ['coupons'], rule: 'coupon-issuer' } as const;

/** For its issuer and admins; others get 404. */
const ownDiscount = async ({ readModels }: HttpServices, account: RequestAccount, id: string): Promise<CouponDocument> => {
  const discount = await couponById(readModels, id);
  if (discount === undefined || !issuesCoupon(account, { issuedBy: discount.createdBy })) throw notFound('discount');
  return discount;
};

/** A code for a course that is a secret to the account is a secret as well. */
const isSecretFrom = async (services: HttpServices, account: RequestAccount, { terms: { courseId } }: CouponDocument): Promise<boolean> => {
  if (courseId === null) return false;
  await assertReadable(services, ['courses']);
  const course = await courseById(services.readModels, courseId);
  return course?.organizationPrivate === true && (await visibleCourse(services, account, courseId)) === undefined;
};

const reads = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels, commands } = services;

  app.get(
    '/discounts',
    {
      schema: {
        ...common,
        summary: 'Discount codes, the newest first: an instructor’s own, all of them for admins',
        querystring: DiscountQuery,
        response: { 200: Page(Discount) },
      },
      config: issuers,
    },
    async (request) => {
      const account = accountOf(request);
      const whose = isAdmin(account) ? {} : { createdBy: account.accountId };
      const now = commands.clock.now();
      const find = (page: PageRequest) => listCoupons(readModels, { ...page, ...whose });
      return answerPage(request.query, find, ({ discounts }) => discounts.map((discount) => presentDiscount(discount, now)));
    },
  );

  app.get(
    '/discounts/:id',
    {
      schema: { ...common, summary: 'One discount code, for its issuer and admins', params: DiscountParams, response: { 200: Discount, ...problems(404) } },
      config: issuers,
    },
    async (request) => presentDiscount(await ownDiscount(services, accountOf(request), request.params.id), commands.clock.now()),
  );

  app.get(
    '/discounts/code/:code',
    {
      schema: {
        ...common,
        summary: 'Look a code up, as a shopper does: what it takes off, and whether it can be used now',
        params: DiscountCodeParams,
        response: { 200: PublicDiscount, ...problems(404) },
      },
      config: { access: 'account', reads: ['coupons'], limits: { guesses: () => true } },
    },
    async (request) => {
      const discount = await couponByCode(readModels, normaliseCouponCode(request.params.code));
      if (discount === undefined || (await isSecretFrom(services, accountOf(request), discount))) {
        missed(request);
        throw notFound('discount');
      }
      return presentPublicDiscount(discount, commands.clock.now());
    },
  );
};

const issue = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);
  const { commands } = services;

  app.post(
    '/discounts',
    {
      schema: {
        ...common,
        summary: 'Issue a discount code: admins any, instructors for their own courses',
        body: CreateDiscountBody,
        response: { 201: Discount, ...problems(404, 409) },
      },
      config: issuers,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const input = { actor, ...newCouponOf(request.body) };
      const { couponId } = await run(request, reply, issueCoupon, input, namingField);
      reply.code(201);
      return presentDiscount(await ownDiscount(services, actor, couponId), commands.clock.now());
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);
  const { commands } = services;

  app.patch(
    '/discounts/:id',
    {
      schema: {
        ...common,
        summary: 'Change what is sent; the code stays. Uses that are held keep their discount',
        params: DiscountParams,
        body: ChangeDiscountBody,
        response: { 200: Discount, ...problems(404, 409, 422) },
      },
      config: issuers,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id } = request.params;
      const { code } = await ownDiscount(services, actor, id);
      const input = { actor, code, changes: couponChangesOf(request.body, code) };
      await run(request, reply, changeCoupon, input, namingField);
      return presentDiscount(await ownDiscount(services, actor, id), commands.clock.now());
    },
  );

  app.delete(
    '/discounts/:id',
    {
      schema: {
        ...common,
        summary: 'Withdraw a code: nobody can use it any more, its history stays',
        params: DiscountParams,
        response: { 200: Discount, ...problems(404) },
      },
      config: issuers,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id } = request.params;
      const { code } = await ownDiscount(services, actor, id);
      await run(request, reply, withdrawCoupon, { actor, code });
      return presentDiscount(await ownDiscount(services, actor, id), commands.clock.now());
    },
  );
};

export const discountRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(reads(services));
  await app.register(issue(services));
  await app.register(changes(services));
};
