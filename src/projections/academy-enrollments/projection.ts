import { lookingUp, projection, rule, type RecordOf } from '../kernel/projection.js';
import { academyEnrollments, enrolledPairs, type AcademyEnrollmentDocument, type AcademyEnrollmentStatus } from './document.js';
import { listsOf } from './lists.js';

type Approved = RecordOf<'PackagePaymentApproved'>;

interface OfStudent {
  readonly data: { readonly studentId: string; readonly courseId: string };
}

const pairOf = (userId: string, courseId: string): string => `${userId}.${courseId}`;
const pairOfStudent = ({ data }: OfStudent): string => pairOf(data.studentId, data.courseId);
const pairsOf = ({ data }: Approved): readonly string[] => data.enrollments.map(({ userId, courseId }) => pairOf(userId, courseId));

const enrollmentIn = ({ data }: Approved, pair: string) => data.enrollments.find(({ userId, courseId }) => pairOf(userId, courseId) === pair);

const opened = ({ data }: Approved, id: string, progress: number): AcademyEnrollmentDocument | undefined => {
  const enrollment = data.enrollments.find(({ enrollmentId }) => enrollmentId === id);
  if (enrollment === undefined) return undefined;
  const { paymentId, packageId, approvedAt: createdAt } = data;
  const { userId, courseId } = enrollment;
  const listed = { userId, courseId, packageId, status: 'ENROLLED' } as const;
  return { id, paymentId, ...listed, progress, listedAs: listsOf(listed), createdAt, updatedAt: createdAt };
};

const withStatus = (enrollment: AcademyEnrollmentDocument, status: AcademyEnrollmentStatus, updatedAt: string): AcademyEnrollmentDocument => ({
  ...enrollment,
  status,
  listedAs: listsOf({ ...enrollment, status }),
  updatedAt,
});

/** A grant of a package ends with its own event, also where all of a student's access ends at once. */
export const academyEnrollmentsProjection = projection({
  name: 'academy-enrollments',
  version: 1,
  collections: [academyEnrollments, enrolledPairs],
  rules: [
    lookingUp(
      academyEnrollments,
      'PackagePaymentApproved',
      { collection: enrolledPairs, ids: pairsOf },
      ({ data }) => data.enrollments.map(({ enrollmentId }) => enrollmentId),
      (known, event, pairs, id) => {
        const enrollment = event.data.enrollments.find(({ enrollmentId }) => enrollmentId === id);
        const pair = pairs.find((found) => enrollment !== undefined && found.id === pairOf(enrollment.userId, enrollment.courseId));
        return known ?? opened(event, id, pair?.progress ?? 0);
      },
    ),
    rule(enrolledPairs, 'PackagePaymentApproved', pairsOf, (pair, event, id) => {
      const { enrollments = [], progress = 0 } = pair ?? {};
      const added = enrollmentIn(event, id);
      if (added === undefined || enrollments.some(({ enrollmentId }) => enrollmentId === added.enrollmentId)) return pair;
      return { id, enrollments: [...enrollments, { enrollmentId: added.enrollmentId, paymentId: event.data.paymentId }], progress };
    }),
    lookingUp(
      academyEnrollments,
      'AccessRevoked',
      { collection: enrolledPairs, ids: pairOfStudent },
      ({ data }, pairs) => pairs.flatMap(({ enrollments }) => enrollments.filter(({ paymentId }) => paymentId === data.grantId).map(({ enrollmentId }) => enrollmentId)),
      (enrollment, { data }) => enrollment && withStatus(enrollment, 'NOT_ENROLLED', data.revokedAt),
    ),
    lookingUp(
      academyEnrollments,
      'CourseProgressReported',
      { collection: enrolledPairs, ids: pairOfStudent },
      (_, pairs) => pairs.flatMap(({ enrollments }) => enrollments.map(({ enrollmentId }) => enrollmentId)),
      (enrollment, { data: { progress, reportedAt: updatedAt } }) => (enrollment?.status === 'ENROLLED' ? { ...enrollment, progress, updatedAt } : enrollment),
    ),
    rule(enrolledPairs, 'CourseProgressReported', pairOfStudent, (pair, { data: { progress } }, id) => ({ id, enrollments: pair?.enrollments ?? [], progress })),
  ],
});
