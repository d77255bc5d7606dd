import { addMoney, distribute, subtractMoney, sumMoney, zero } from '../../domain/kernel/money.js';
import { RUPIAH, sharesOf } from '../../domain/package-purchases/shares.js';
import { linesNamed, spreadAlone } from '../../domain/payment/refund-lines.js';
import { lookingUp, projection, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import {
  instructorFigures,
  sales,
  taughtCourses,
  taughtStudents,
  type InstructorFiguresDocument,
  type Revenue,
  type SaleDocument,
  type TaughtCourseDocument,
} from './document.js';

interface OfCourse {
  readonly data: { readonly courseId: string };
}
interface OfPayment {
  readonly data: { readonly paymentId: string };
}

const courseOf = ({ data }: OfCourse): string => data.courseId;
const paymentOf = ({ data }: OfPayment): string => data.paymentId;

const paidIds = ({ data }: OfPayment): readonly string[] => [data.paymentId];

const courseLookup = { collection: taughtCourses, ids: courseOf };
const saleLookup = { collection: sales, ids: paymentOf };

const instructorsOf = (courses: readonly TaughtCourseDocument[]): readonly string[] => [...new Set(courses.map(({ instructorId }) => instructorId))];
const sellersOf = (found: readonly SaleDocument[]): readonly string[] => [...new Set(found.flatMap(({ lines }) => lines.flatMap(({ instructorId }) => instructorId ?? [])))];

const changedCourse = (changes: Partial<TaughtCourseDocument>) => (course: TaughtCourseDocument | undefined) => course && { ...course, ...changes };

const ofCourses: readonly ProjectionRule[] = [
  rule(taughtCourses, 'CourseCreated', courseOf, (_, { data: { courseId, instructorId } }) => ({ id: courseId, instructorId, published: false, deleted: false })),
  rule(taughtCourses, 'CoursePublished', courseOf, changedCourse({ published: true })),
  rule(taughtCourses, 'CourseUnpublished', courseOf, changedCourse({ published: false })),
  rule(taughtCourses, 'CourseDeleted', courseOf, changedCourse({ deleted: true })),
];

const figuresOf = (known: InstructorFiguresDocument | undefined, id: string): InstructorFiguresDocument => known ?? { id, enrollments: 0, revenue: [] };

const studentIds = ({ data }: { readonly data: { readonly studentId: string } }, courses: readonly TaughtCourseDocument[]): readonly string[] =>
  instructorsOf(courses).map((instructorId) => `${instructorId}.${data.studentId}`);

const enrolled = (eventType: 'StudentEnrolled' | 'EnrollmentEnded', change: 1 | -1): readonly ProjectionRule[] => [
  lookingUp(taughtStudents, eventType, courseLookup, studentIds, (student, _event, [course], id) => {
    if (course === undefined) return student;
    const courses = (student?.courses ?? 0) + change;
    return courses > 0 ? { id, instructorId: course.instructorId, courses } : undefined;
  }),
  lookingUp(instructorFigures, eventType, courseLookup, (_event, courses) => instructorsOf(courses), (known, _event, _found, id) => {
    const figures = figuresOf(known, id);
    return { ...figures, enrollments: figures.enrollments + change };
  }),
];

const openedSale = ({ data: { paymentId, quote } }: RecordOf<'PaymentOpened'>, courses: readonly TaughtCourseDocument[]): SaleDocument => ({
  id: paymentId,
  currency: quote.currency,
  lines: quote.lines.map(({ courseId, total }) => ({ courseId, instructorId: courses.find(({ id }) => id === courseId)?.instructorId ?? null, total })),
  captured: false,
});

/** What each line of the sale has of an amount, added up for one instructor. */
const shareOf = ({ lines, currency }: SaleDocument, amounts: readonly string[], seller: string): string =>
  sumMoney(lines.flatMap(({ instructorId }, index) => (instructorId === seller ? [amounts[index] ?? zero(currency)] : [])), currency);

const withRevenue = (known: InstructorFiguresDocument | undefined, id: string, { currency, gross, refunded }: Revenue): InstructorFiguresDocument => {
  const figures = figuresOf(known, id);
  const before = figures.revenue.find((revenue) => revenue.currency === currency) ?? { gross: zero(currency), refunded: zero(currency) };
  const after = { currency, gross: addMoney(before.gross, gross), refunded: addMoney(before.refunded, refunded) };
  const others = figures.revenue.filter((revenue) => revenue.currency !== currency);
  return { ...figures, revenue: [...others, after].toSorted((one, other) => (one.currency < other.currency ? -1 : 1)) };
};

const captured = (known: InstructorFiguresDocument | undefined, { data }: RecordOf<'PaymentCaptured'>, sale: SaleDocument, id: string) => {
  const amounts = distribute(data.amount, sale.lines.map(({ total }) => total), sale.currency);
  return withRevenue(known, id, { currency: sale.currency, gross: shareOf(sale, amounts, id), refunded: zero(sale.currency) });
};

const refunded = (known: InstructorFiguresDocument | undefined, { data }: RecordOf<'PaymentRefunded'>, sale: SaleDocument, id: string) => {
  const amounts = data.lines === undefined ? spreadAlone(sale, data.amount) : linesNamed(sale, data.lines);
  return withRevenue(known, id, { currency: sale.currency, gross: zero(sale.currency), refunded: shareOf(sale, amounts, id) });
};

/** Events that are older than lines say nothing of them, and none of those was reversed. */
const reversed = (known: InstructorFiguresDocument | undefined, { data }: RecordOf<'PaymentRefundReversed'>, sale: SaleDocument, id: string) => {
  const amounts = data.lines === undefined ? spreadAlone(sale, data.amount) : linesNamed(sale, data.lines);
  return withRevenue(known, id, { currency: sale.currency, gross: zero(sale.currency), refunded: subtractMoney(zero(sale.currency), shareOf(sale, amounts, id)) });
};

/** Money that came after a payment's end is given back: it never was revenue, and its refund takes nothing away. */
const ofPayments: readonly ProjectionRule[] = [
  lookingUp(
    sales,
    'PaymentOpened',
    { collection: taughtCourses, ids: ({ data }) => data.quote.lines.map(({ courseId }) => courseId) },
    ({ data }) => [data.paymentId],
    (_sale, event, courses) => openedSale(event, courses),
  ),
  rule(sales, 'PaymentCaptured', paymentOf, (sale) => sale && { ...sale, captured: true }),
  lookingUp(instructorFigures, 'PaymentCaptured', saleLookup, (_event, found) => sellersOf(found), (known, event, [sale], id) =>
    sale === undefined ? known : captured(known, event, sale, id)),
  lookingUp(instructorFigures, 'PaymentRefunded', saleLookup, (_event, found) => sellersOf(found.filter((sale) => sale.captured)), (known, event, [sale], id) =>
    sale === undefined ? known : refunded(known, event, sale, id)),
  lookingUp(instructorFigures, 'PaymentRefundReversed', saleLookup, (_event, found) => sellersOf(found.filter((sale) => sale.captured)), (known, event, [sale], id) =>
    sale === undefined ? known : reversed(known, event, sale, id)),
  ...(['PaymentDeclined', 'PaymentCancelled', 'PaymentExpired'] as const).map((ended) => rule(sales, ended, paymentOf, () => undefined)),
];

/** What was paid by proof is revenue once an admin approved it. */
const ofPackages: readonly ProjectionRule[] = [
  lookingUp(
    sales,
    'PackagePaymentSubmitted',
    { collection: taughtCourses, ids: ({ data }) => data.courses.map(({ courseId }) => courseId) },
    paidIds,
    (_sale, { data }, courses) => ({
      id: data.paymentId,
      currency: RUPIAH,
      lines: sharesOf(data).map(({ courseId, total }) => ({ courseId, instructorId: courses.find(({ id }) => id === courseId)?.instructorId ?? null, total })),
      captured: false,
    }),
  ),
  rule(sales, 'PackagePaymentApproved', paymentOf, (sale) => sale && { ...sale, captured: true }),
  lookingUp(instructorFigures, 'PackagePaymentApproved', saleLookup, (_event, found) => sellersOf(found), (known, _event, [sale], id) =>
    sale === undefined ? known : withRevenue(known, id, { currency: sale.currency, gross: shareOf(sale, sale.lines.map(({ total }) => total), id), refunded: zero(sale.currency) })),
  rule(sales, 'PackagePaymentDeleted', paymentOf, () => undefined),
];

export const instructorAnalysisProjection = projection({
  name: 'instructor-analysis',
  version: 3,
  collections: [taughtCourses, taughtStudents, sales, instructorFigures],
  rules: [...ofCourses, ...enrolled('StudentEnrolled', 1), ...enrolled('EnrollmentEnded', -1), ...ofPayments, ...ofPackages],
});
