import type { Aggregates } from '../../domain/aggregates.js';
import type { RejectionDetails } from '../../domain/kernel/decider.js';
import { Problem } from '../shared/problem.js';
import { accountRefusals } from './account.js';
import { withNumbers } from './amounts.js';
import { statusOfKind, type Answer } from './answer.js';
import { assessmentRefusals } from './assessment.js';
import { assessmentAttemptRefusals } from './assessment-attempt.js';
import { adminRosterRefusals } from './admin-roster.js';
import { assignmentRefusals } from './assignment.js';
import { attendanceRefusals } from './attendance.js';
import { auditCheckpointRefusals } from './audit-checkpoint.js';
import { cartRefusals } from './cart.js';
import { chatRefusals } from './chat.js';
import { couponRefusals } from './coupon.js';
import { courseRefusals } from './course.js';
import { courseRatingRefusals } from './course-rating.js';
import { curriculumRefusals } from './curriculum.js';
import { enrollmentRefusals } from './enrollment.js';
import { invoiceRefusals } from './invoice.js';
import { lessonProgressRefusals } from './lesson-progress.js';
import { mailRefusals } from './mail.js';
import { mailTemplateRefusals } from './mail-template.js';
import { organizationRefusals } from './organization.js';
import { otpRefusals } from './one-time-code.js';
import { packageCatalogRefusals } from './package-catalog.js';
import { packagePurchasesRefusals } from './package-purchases.js';
import { paymentRefusals } from './payment.js';
import { recordRefusals } from './record.js';
import { reservationRefusals } from './reservation.js';
import { sessionRefusals } from './session.js';
import { shelfRefusals } from './shelf.js';
import { teachingRefusals } from './teaching.js';

type Decision = ReturnType<Aggregates[keyof Aggregates]['decider']['decide']>;
type RefusedByDeciders = Extract<Decision, { ok: false }>['rejection'];

/** One table per aggregate; each code is in one of them only. */
export const refusals = {
  ...accountRefusals,
  ...assessmentRefusals,
  ...assessmentAttemptRefusals,
  ...adminRosterRefusals,
  ...assignmentRefusals,
  ...attendanceRefusals,
  ...auditCheckpointRefusals,
  ...cartRefusals,
  ...chatRefusals,
  ...couponRefusals,
  ...courseRefusals,
  ...courseRatingRefusals,
  ...curriculumRefusals,
  ...enrollmentRefusals,
  ...invoiceRefusals,
  ...lessonProgressRefusals,
  ...mailRefusals,
  ...mailTemplateRefusals,
  ...organizationRefusals,
  ...otpRefusals,
  ...packageCatalogRefusals,
  ...packagePurchasesRefusals,
  ...paymentRefusals,
  ...recordRefusals,
  ...reservationRefusals,
  ...sessionRefusals,
  ...shelfRefusals,
  ...teachingRefusals,
} satisfies Record<RefusedByDeciders, Answer>;

/** Every code of a refusal. A route does not compile with a use case that has another one. */
export type Rejection = keyof typeof refusals;

const answers: Readonly<Record<Rejection, Answer>> = refusals;

export const refusalProblem = (rejection: Rejection, details?: RejectionDetails): Problem => {
  const [kind, sentence, field] = answers[rejection];
  const errors = field === undefined ? undefined : [{ field, message: sentence }];
  const problem = new Problem(statusOfKind[kind], rejection, sentence, errors, details && withNumbers(details));
  const { retryAfterSeconds } = details ?? {};
  if (typeof retryAfterSeconds === 'number') problem.headers['retry-after'] = String(retryAfterSeconds);
  return problem;
};
