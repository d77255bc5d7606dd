import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addPackageCourses, removePackageCourse, type AddedCourses } from '../../../commands/packages/catalog.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner, type Review } from '../../shared/run.js';
import { Answer, answer, Gone, gone } from '../answers.js';
import { adminsOnly } from '../callers.js';
import { inUrl } from '../fields.js';
import { limits } from '../limits.js';
import { NO_SUCH_PACKAGE } from './reads.js';
import { levelSentence } from './sentences.js';
import { CoursesBody, PackageLink } from './schemas.js';

const tags = ['Academy: packages'];
const NO_PAIR = 'Untuk package tipe BUNDLE, courseIds wajib berupa array yang berisi 2 course ID';

/** The document has other sentences for bundles than for single courses. */
const worded: Review<AddedCourses> = (outcome) => {
  if (outcome.ok) return outcome;
  const { courseId = '', count, isBundle: ofBundle } = outcome.details ?? {};
  const refused = (status: number, sentence: string) => new Problem(status, 'package-course-refused', sentence);
  switch (outcome.rejection) {
    case 'package-not-found':
      throw refused(404, NO_SUCH_PACKAGE);
    case 'package-course-count':
      throw refused(400, count === 2 ? NO_PAIR : 'CourseID wajib diisi');
    case 'course-not-found':
      throw ofBundle === true ? refused(404, `Course dengan ID ${String(courseId)} tidak ditemukan di course-service`) : refused(400, 'Course tidak ditemukan di course-service');
    case 'package-course-present':
      throw refused(400, count === 2 ? `Course dengan ID ${String(courseId)} sudah ada dalam package` : 'Course sudah ada dalam package');
    case 'too-many-package-courses':
      throw refused(400, 'Package sudah penuh');
    default:
      return levelSentence(outcome);
  }
};

export const packageCourseRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const config = { ...adminsOnly, reads: ['packages'], limits: { areas: [limits.browsing] } } as const;

    app.post(
      '/packages/:packageId/courses',
      {
        schema: {
          tags,
          summary: 'Add a course, or a pair to a bundle (3)',
          params: inUrl('packageId'),
          body: CoursesBody,
          response: { 201: Answer(Type.Union([PackageLink, Type.Array(PackageLink)])), ...problems(404) },
        },
        config,
      },
      async (request, reply) => {
        const { packageId } = request.params;
        const { courseId, courseIds: pair } = request.body;
        const { isBundle, courseIds } = await run(request, reply, addPackageCourses, { packageId, courseId: courseId ?? undefined, courseIds: Array.isArray(pair) ? pair : undefined }, worded);
        const links = courseIds.map((id) => ({ packageId, courseId: id }));
        reply.code(201);
        return isBundle ? answer(links, 'Pasangan course berhasil ditambahkan ke package BUNDLE') : answer(links[0] ?? { packageId, courseId: '' }, 'Course berhasil ditambahkan ke package');
      },
    );

    app.delete(
      '/packages/:packageId/courses/:courseId',
      {
        schema: { tags, summary: 'Take a course out of a package (3)', params: inUrl('packageId', 'courseId'), response: { 200: Gone, ...problems(404) } },
        config: {
          ...config,
          refusals: { 'package-not-found': [404, 'Relasi package course tidak ditemukan'], 'package-course-absent': [404, 'Relasi package course tidak ditemukan'] },
        },
      },
      async (request, reply) => {
        await run(request, reply, removePackageCourse, request.params);
        return gone('Course berhasil dihapus dari package');
      },
    );
  };
