import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { academyCourse, listAcademyCourses, type AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import { countedPayments, seatsTaken, type CourseSeatsDocument } from '../../../projections/academy-seats/queries.js';
import type { HttpServices } from '../../http-services.js';
import { Problem, problems } from '../../shared/problem.js';
import { Answer, answer } from '../answers.js';
import { adminsAndServices, studentsAdminsAndServices } from '../callers.js';
import { inUrl } from '../fields.js';
import { AcademyLevel } from '../levels.js';
import { limits } from '../limits.js';
import { listSlice, PlainListQuery, tellTotal } from '../paging.js';
import { envelope } from '../surface.js';
import { figuresOf, seatsOfCourse } from './seat-figures.js';

const tags = ['Academy: payments'];
const reads = ['academy-courses', 'academy-seats'] as const;

const Count = Type.Integer();
const Figures = Type.Object({ total: Count, entryIntermediateCount: Count, bundleCount: Count });
const course = { id: Type.String(), title: Type.String(), level: AcademyLevel };

const CourseStatistics = Type.Object({
  course: Type.Object(course),
  quota: Type.Object({ total: Count, entryIntermediateQuota: Count, bundleQuota: Count }),
  enrollments: Figures,
  available: Type.Object({ entryIntermediateAvailable: Count, bundleAvailable: Count, totalAvailable: Count }),
  percentageFilled: Count,
});

const CourseTotals = Type.Object({
  ...course,
  quota: Type.Object({ total: Count, entryQuota: Count, bundleQuota: Count }),
  enrollment: Figures,
  pendingPayment: Figures,
  totalPayment: Figures,
  remaining: Type.Object({ entryIntermediate: Count, bundle: Count }),
});

const AllStatistics = envelope.schema({
  data: Type.Array(CourseTotals),
  meta: Type.Object({ paymentCounts: Type.Object({ total: Count, approved: Count, pending: Count }) }),
});

type Seats = HttpServices['commands']['settings']['academy']['seats'];

const presentStatistics = (seats: Seats, found: AcademyCourseDocument, taken: CourseSeatsDocument): Static<typeof CourseStatistics> => {
  const { level, quota, free } = seatsOfCourse(seats, found, taken);
  const enrollments = figuresOf(taken);
  const total = quota.ofLevel + quota.ofBundles;
  return {
    course: { id: found.id, title: found.title, level },
    quota: { total, entryIntermediateQuota: quota.ofLevel, bundleQuota: quota.ofBundles },
    enrollments,
    available: { entryIntermediateAvailable: free.ofLevel, bundleAvailable: free.ofBundles, totalAvailable: free.ofLevel + free.ofBundles },
    percentageFilled: total === 0 ? 0 : Math.round((enrollments.total / total) * 100),
  };
};

const presentTotals = (seats: Seats, { id, title, ...found }: AcademyCourseDocument, taken: CourseSeatsDocument): Static<typeof CourseTotals> => {
  const { level, quota, free } = seatsOfCourse(seats, { id, title, ...found }, taken);
  return {
    id,
    title,
    level,
    quota: { total: quota.ofLevel + quota.ofBundles, entryQuota: quota.ofLevel, bundleQuota: quota.ofBundles },
    enrollment: figuresOf(taken),
    pendingPayment: figuresOf(taken.waiting),
    totalPayment: figuresOf(taken.paid),
    remaining: { entryIntermediate: free.ofLevel, bundle: free.ofBundles },
  };
};

export const statisticsRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;
    const { seats } = services.commands.settings.academy;

    app.get(
      '/payments/all-stats',
      {
        schema: {
          tags,
          summary: 'Seats and payments of all courses (section 4)',
          description: 'In paymentCounts a bundle counts 2, another payment 1, that of a group as many as take part.',
          querystring: PlainListQuery,
          response: { 200: AllStatistics },
        },
        config: { ...adminsAndServices, reads, limits: { areas: [limits.payments, limits.administration] } },
      },
      async ({ query }, reply) => {
        const { courses, total } = await listAcademyCourses(readModels, {}, listSlice(query));
        if (total === 0) throw new Problem(400, 'no-courses', 'Tidak dapat mendapatkan daftar kursus');
        tellTotal(reply, total);
        const [taken, { approved, pending }] = await Promise.all([seatsTaken(readModels, courses.map(({ id }) => id)), countedPayments(readModels)]);
        const data = courses.flatMap((found, index) => (taken[index] === undefined ? [] : presentTotals(seats, found, taken[index])));
        const meta = { paymentCounts: { total: approved + pending, approved, pending } };
        return envelope.answer('Data jumlah pendaftaran semua kursus berhasil didapatkan', { data, meta });
      },
    );

    app.get(
      '/payments/:courseId/stats',
      {
        schema: { tags, summary: 'Seats of one course (section 4)', params: inUrl('courseId'), response: { 200: Answer(CourseStatistics), ...problems(404) } },
        config: { ...studentsAdminsAndServices, reads, limits: { areas: [limits.payments, limits.courseStats] } },
      },
      async ({ params: { courseId } }) => {
        const [found, [taken]] = await Promise.all([academyCourse(readModels, courseId), seatsTaken(readModels, [courseId])]);
        if (found === undefined || taken === undefined) throw new Problem(404, 'course-not-found', 'Course not found');
        return answer(presentStatistics(seats, found, taken));
      },
    );
  };
