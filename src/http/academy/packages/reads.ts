import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPackages, packageById, type PackageDocument } from '../../../projections/packages/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { anyAccount } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { coursesOfPackages, inPairs, withCourses } from './presenter.js';
import { PackageCourse, PackageWithCourses } from './schemas.js';

const tags = ['Academy: packages'];

export const NO_SUCH_PACKAGE = 'Package tidak ditemukan';

export const knownPackage = async (readModels: ReadModels, packageId: string): Promise<PackageDocument> => {
  const offered = await packageById(readModels, packageId);
  if (offered === undefined) throw new Problem(404, 'package-not-found', NO_SUCH_PACKAGE);
  return offered;
};

const Courses = Type.Object({ courses: Type.Array(PackageCourse) });
const Pairs = Type.Object({ bundlePairs: Type.Array(Courses) });

export const packageReadRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;
    const config = { ...anyAccount, reads: ['packages', 'academy-courses'], limits: { areas: [limits.browsing] } } as const;

    app.get(
      '/packages',
      { schema: { tags, summary: 'All packages (3)', response: { 200: Answer(Type.Array(PackageWithCourses)) } }, config },
      async () => answer(await withCourses(readModels, await listPackages(readModels))),
    );

    app.get(
      '/packages/:id',
      { schema: { tags, summary: 'One package (3)', params: inUrl('id'), response: { 200: Answer(PackageWithCourses), ...problems(404) } }, config },
      async ({ params }) => {
        const [shown] = await withCourses(readModels, [await knownPackage(readModels, params.id)]);
        if (shown === undefined) throw new Problem(404, 'package-not-found', NO_SUCH_PACKAGE);
        return answer(shown);
      },
    );

    app.get(
      '/packages/:packageId/courses',
      {
        schema: { tags, summary: 'The courses of a package, of a bundle in pairs (3)', params: inUrl('packageId'), response: { 200: Answer(Type.Union([Courses, Pairs])), ...problems(404) } },
        config,
      },
      async ({ params }) => {
        const offered = await knownPackage(readModels, params.packageId);
        const [items = []] = await coursesOfPackages(readModels, [offered]);
        if (offered.type !== 'BUNDLE') return answer({ courses: [...items] });
        return answer({ bundlePairs: inPairs(items).map((courses) => ({ courses })) });
      },
    );
  };
