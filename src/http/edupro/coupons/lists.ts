import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { coursesByIds } from '../../../projections/catalog/queries.js';
import { modulesByIds } from '../../../projections/curricula/queries.js';
import { peopleByIds, personById } from '../../../projections/people/queries.js';
import { couponsByIds, couponsOfTeacher, latestUses, revenueOf, type CouponUseDocument } from '../../../projections/teacher-coupons/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { teachersOnly } from '../callers.js';
import { twoPlaces } from '../decimals.js';
import { answerPage, Page, PageQuery } from '../pages.js';
import { presentCoupon, presentUse } from './presenter.js';
import { Coupon, UsedCoupon } from './schemas.js';

const tags = ['EduPro: coupons'];
const COUPONS_PER_PAGE = 10;
const MOST_USES_LISTED = 1_000;

const byId = <Thing extends { readonly id: string }>(found: readonly (Thing | undefined)[]): ReadonlyMap<string, Thing> =>
  new Map(found.flatMap((thing) => (thing === undefined ? [] : [[thing.id, thing] as const])));

const distinct = (ids: readonly (string | null)[]): readonly string[] => [...new Set(ids.filter((id) => id !== null))];

/** The uses with the names of what and who they are of. */
const presentUses = async ({ readModels, commands }: HttpServices, uses: readonly CouponUseDocument[]): Promise<Static<typeof UsedCoupon>[]> => {
  const [coupons, students, courses, modules] = await Promise.all([
    couponsByIds(readModels, distinct(uses.map(({ couponId }) => couponId))).then(byId),
    peopleByIds(readModels, distinct(uses.map(({ studentId }) => studentId))).then(byId),
    coursesByIds(readModels, distinct(uses.map(({ courseId, moduleId }) => (moduleId === null ? courseId : null)))).then(byId),
    modulesByIds(readModels, distinct(uses.map(({ moduleId }) => moduleId))).then(byId),
  ]);
  const now = commands.clock.now();
  return uses.flatMap((use) => {
    const coupon = coupons.get(use.couponId);
    if (coupon === undefined) return [];
    const courseTitle = courses.get(use.courseId)?.title ?? null;
    const moduleTitle = modules.get(use.moduleId ?? '')?.title ?? null;
    return [presentUse({ use, coupon, student: students.get(use.studentId), courseTitle, moduleTitle }, now)];
  });
};

export const couponListRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels, commands } = services;

    app.get(
      '/coupon/list/',
      {
        schema: { tags, summary: 'List coupons (5.2)', description: 'The newest first.', querystring: Type.Object(PageQuery), response: { 200: Page(Coupon), ...problems(404) } },
        config: { ...teachersOnly, reads: ['teacher-coupons', 'people'] },
      },
      async (request) => {
        const { accountId: teacherId } = accountOf(request);
        const teacher = await personById(readModels, teacherId);
        const now = commands.clock.now();
        return answerPage(
          request,
          request.query,
          (slice) => couponsOfTeacher(readModels, teacherId, slice),
          ({ found }) => found.map((coupon) => presentCoupon(coupon, teacher?.number ?? 0, now)),
          COUPONS_PER_PAGE,
        );
      },
    );

    app.get(
      '/coupon/used-coupons/',
      {
        schema: {
          tags,
          summary: 'List used coupons (5.6)',
          description: `Each use, the newest first, at most ${MOST_USES_LISTED}. Of a deleted coupon, too.`,
          response: { 200: Type.Array(UsedCoupon) },
        },
        config: { ...teachersOnly, reads: ['teacher-coupons', 'people', 'catalog', 'courseCategory', 'curricula'] },
      },
      async (request) => presentUses(services, await latestUses(readModels, accountOf(request).accountId, MOST_USES_LISTED)),
    );

    app.get(
      '/teacher/revenue/',
      {
        schema: {
          tags,
          summary: 'Get teacher revenue (1.22)',
          description: 'The prices of all uses of the teacher’s coupons, in the currency of the platform.',
          response: { 200: Type.Object({ revenue: Type.String({ description: 'With two places' }) }) },
        },
        config: { ...teachersOnly, reads: ['teacher-coupons'], refusals: { forbidden: [403, { error: 'You are not a teacher.' }] } },
      },
      async (request) => ({ revenue: twoPlaces(await revenueOf(readModels, accountOf(request).accountId, commands.settings.currency)) }),
    );
  };
