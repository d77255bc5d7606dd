import t from 'tap';
import { instructorAnalysisProjection } from '../../src/projections/instructor-analysis/projection.js';
import { instructorSummary } from '../../src/projections/instructor-analysis/queries.js';
import { captured, course, ended, enrolled, expired, opened, refunded } from './teaching-events.js';
import { approved, bundled, deleted, grouped } from './package-payment-events.js';
import { Projected, recorded, type Published } from './projected.js';

const at = '2026-03-01T12:00:00.000Z';
const summaryOf = (instructorId: string, ...events: readonly (Published | readonly Published[])[]) => {
  const published = events.flatMap((event): readonly Published[] => (typeof event[0] === 'string' ? [event as Published] : (event as readonly Published[])));
  return instructorSummary(new Projected(instructorAnalysisProjection, recorded(published)), instructorId);
};
const revenueOf = async (...events: Parameters<typeof summaryOf>[1][]) => {
  const shares: string[] = [];
  for (const instructor of ['ada', 'bob']) {
    for (const { currency, gross, refunded: back, net } of (await summaryOf(instructor, ...events)).revenue) shares.push(`${instructor} ${currency} ${gross} - ${back} = ${net}`);
  }
  return shares;
};
const teaching = [...course('a', 'ada'), ...course('b', 'ada'), ...course('c', 'bob')];
const basket = opened('p', [['a', '10.00', '0.01'], ['b', '5.00'], ['c', '7.50']]);

t.test('who teaches nothing has nothing', async (t) => {
  t.same(await summaryOf('eve', teaching), { courses: 0, publishedCourses: 0, students: 0, enrollments: 0, revenue: [] });
});

t.test('courses count until they are deleted, published ones while they are', async (t) => {
  t.match(await summaryOf('ada', teaching), { courses: 2, publishedCourses: 2 });
  t.match(await summaryOf('ada', teaching, ['course-a', { type: 'CourseUnpublished', data: { courseId: 'a', unpublishedAt: at } }]), { courses: 2, publishedCourses: 1 });
  t.match(await summaryOf('ada', teaching, ['course-a', { type: 'CourseDeleted', data: { courseId: 'a', deletedAt: at } }]), { courses: 1, publishedCourses: 1 });
});

t.test('a student with two courses is one student, and gone only with the last of them', async (t) => {
  const both = [...teaching, enrolled('sam', 'a'), enrolled('sam', 'b'), enrolled('sam', 'c'), enrolled('kim', 'a')];
  t.match(await summaryOf('ada', both), { students: 2, enrollments: 3 });
  t.match(await summaryOf('bob', both), { students: 1, enrollments: 1 });
  t.match(await summaryOf('ada', both, ended('sam', 'a')), { students: 2, enrollments: 2 });
  t.match(await summaryOf('ada', both, ended('sam', 'a'), ended('sam', 'b')), { students: 1, enrollments: 1 });
  t.match(await summaryOf('bob', both, ended('sam', 'a'), ended('sam', 'b')), { students: 1, enrollments: 1 });
  t.match(await summaryOf('ada', both, ended('kim', 'a'), enrolled('kim', 'a')), { students: 2, enrollments: 3 });
  t.match(await summaryOf('ada', both, ['course-a', { type: 'CourseDeleted', data: { courseId: 'a', deletedAt: at } }]), { students: 2, enrollments: 3 });
});

t.test('money counts when it is ours, by the lines of the quote', async (t) => {
  t.same(await revenueOf(teaching, basket), []);
  t.same(await revenueOf(teaching, basket, captured('p', '22.49')), ['ada USD 14.99 - 0.00 = 14.99', 'bob USD 7.50 - 0.00 = 7.50']);
  t.same(await revenueOf(teaching, basket, expired('p'), captured('p', '22.49', 'USD', 'PaymentCapturedLate'), refunded('p', '22.49')), [], 'late money was never revenue');
});

t.test('a refund takes from the courses that it names, or from each in proportion where an old event does not say', async (t) => {
  const paid = [...teaching, basket, captured('p', '22.49')];
  t.same(await revenueOf(paid, refunded('p', '12.50', [['a', '0.00'], ['b', '5.00'], ['c', '7.50']])), ['ada USD 14.99 - 5.00 = 9.99', 'bob USD 7.50 - 7.50 = 0.00']);
  t.same(await revenueOf(paid, refunded('p', '0.01')), ['ada USD 14.99 - 0.01 = 14.98', 'bob USD 7.50 - 0.00 = 7.50']);
  t.same(await revenueOf(paid, refunded('p', '22.49')), ['ada USD 14.99 - 14.99 = 0.00', 'bob USD 7.50 - 7.50 = 0.00']);
});

t.test('currencies are never added up', async (t) => {
  const sold = [opened('p', [['a', '0.10']]), captured('p', '0.10'), opened('q', [['a', '0.20']]), captured('q', '0.20'), opened('r', [['b', '900']], 'JPY'), captured('r', '900', 'JPY')];
  t.same(await revenueOf(teaching, sold), ['ada JPY 900 - 0 = 900', 'ada USD 0.30 - 0.00 = 0.30']);
});

t.test('issue 12: what was paid by proof is revenue of its courses, in rupiah, once it is approved', async (t) => {
  const taught = [...course('html', 'ada'), ...course('react', 'bob')];
  t.same(await revenueOf(taught, bundled('p', 'sam')), []);
  t.same(await revenueOf(taught, bundled('p', 'sam'), approved('p', 'sam', 'BUNDLE', [['sam', 'html'], ['sam', 'react']])), ['ada IDR 65000.00 - 0.00 = 65000.00', 'bob IDR 65000.00 - 0.00 = 65000.00']);
  t.same(await revenueOf(taught, bundled('p', 'sam'), deleted('p', 'sam')), []);
  const group = grouped('g', 'sam', [['sam', 'html'], ['kim', 'react'], ['tom', 'react']]);
  t.same(await revenueOf(taught, group, approved('g', 'sam', 'INTERMEDIATE', [['sam', 'html'], ['kim', 'react'], ['tom', 'react']])), ['ada IDR 81000.00 - 0.00 = 81000.00', 'bob IDR 162000.00 - 0.00 = 162000.00']);
});
