import { resources } from '../domain/resources/index.js';
import { academyCoursesProjection } from './academy-courses/projection.js';
import { academyEnrollmentsProjection } from './academy-enrollments/projection.js';
import { academySeatsProjection } from './academy-seats/projection.js';
import { accountsProjection } from './accounts/projection.js';
import { analyticsProjection } from './analytics/projection.js';
import { assessmentsProjection } from './assessments/projection.js';
import { assignmentsProjection } from './assignments/projection.js';
import { auditAccessesProjection } from './audit-accesses/projection.js';
import { auditCouponsProjection } from './audit-coupons/projection.js';
import { auditPaymentsProjection } from './audit-payments/projection.js';
import { auditTracesProjection } from './audit-traces/projection.js';
import { auditTreeProjection } from './audit-tree/projection.js';
import { attemptsProjection } from './attempts/projection.js';
import { cartsProjection } from './carts/projection.js';
import { catalogProjection } from './catalog/projection.js';
import { chatsProjection } from './chats/projection.js';
import { coursesProjection } from './courses/projection.js';
import { couponsProjection } from './coupons/projection.js';
import { curriculaProjection } from './curricula/projection.js';
import { enrollmentsProjection } from './enrollments/projection.js';
import { erasuresProjection } from './erasures/projection.js';
import { instructorAnalysisProjection } from './instructor-analysis/projection.js';
import { invoicesProjection } from './invoices/projection.js';
import { learningProjection } from './learning/projection.js';
import { mailTemplatesProjection } from './mail-templates/projection.js';
import { mailsProjection } from './mails/projection.js';
import { organizationsProjection } from './organizations/projection.js';
import { packagePaymentsProjection } from './package-payments/projection.js';
import { packagesProjection } from './packages/projection.js';
import { paymentsProjection } from './payments/projection.js';
import { peopleProjection } from './people/projection.js';
import { progressProjection } from './progress/projection.js';
import { processTimersProjection } from './process-timers/projection.js';
import { ratingsProjection } from './ratings/projection.js';
import type { ProjectionDefinition } from './kernel/projection.js';
import { recordProjection } from './kernel/record-projection.js';
import { sessionsProjection } from './sessions/projection.js';
import { teacherCouponsProjection } from './teacher-coupons/projection.js';

export const allProjections = [
  accountsProjection,
  sessionsProjection,
  coursesProjection,
  catalogProjection,
  cartsProjection,
  enrollmentsProjection,
  couponsProjection,
  paymentsProjection,
  invoicesProjection,
  instructorAnalysisProjection,
  mailsProjection,
  mailTemplatesProjection,
  chatsProjection,
  organizationsProjection,
  peopleProjection,
  assessmentsProjection,
  attemptsProjection,
  ratingsProjection,
  progressProjection,
  learningProjection,
  teacherCouponsProjection,
  curriculaProjection,
  academyCoursesProjection,
  academyEnrollmentsProjection,
  packagePaymentsProjection,
  academySeatsProjection,
  assignmentsProjection,
  packagesProjection,
  processTimersProjection,
  auditAccessesProjection,
  auditPaymentsProjection,
  auditCouponsProjection,
  auditTracesProjection,
  auditTreeProjection,
  erasuresProjection,
  analyticsProjection,
  ...Object.values(resources).map((resource) => recordProjection(resource)),
] satisfies readonly ProjectionDefinition[];

/** Those that a configuration asks for. */
export const projectionsOf = ({ audit }: { readonly audit: object | null }): readonly ProjectionDefinition[] =>
  audit === null ? allProjections.filter(({ name }) => name !== auditTreeProjection.name) : allProjections;

export type ProjectionName = (typeof allProjections)[number]['name'];
