import { accountDecider } from './account/decider.js';
import { accountEvents } from './account/events.js';
import { assessmentDecider } from './assessment/decider.js';
import { assessmentEvents } from './assessment/events.js';
import { adminRosterDecider } from './admin-roster/decider.js';
import { adminRosterEvents } from './admin-roster/events.js';
import { assignmentDecider } from './assignment/decider.js';
import { assignmentEvents } from './assignment/events.js';
import { assessmentAttemptDecider } from './assessment-attempt/decider.js';
import { assessmentAttemptEvents } from './assessment-attempt/events.js';
import { assessmentShelfDecider } from './assessment-shelf/decider.js';
import { assessmentShelfEvents } from './assessment-shelf/events.js';
import { auditAccessDecider } from './audit-access/decider.js';
import { auditAccessEvents } from './audit-access/events.js';
import { auditCheckpointDecider } from './audit-checkpoint/decider.js';
import { auditCheckpointEvents } from './audit-checkpoint/events.js';
import { cartDecider } from './cart/decider.js';
import { cartEvents } from './cart/events.js';
import { chatDecider } from './chat/decider.js';
import { chatEvents } from './chat/events.js';
import { chatMessageDecider } from './chat-message/decider.js';
import { chatMessageEvents } from './chat-message/events.js';
import { couponDecider } from './coupon/decider.js';
import { couponEvents } from './coupon/events.js';
import { courseDecider } from './course/decider.js';
import { courseEvents } from './course/events.js';
import { courseRatingDecider } from './course-rating/decider.js';
import { courseRatingEvents } from './course-rating/events.js';
import { curriculumDecider } from './curriculum/decider.js';
import { curriculumEvents } from './curriculum/events.js';
import { enrollmentDecider } from './enrollment/decider.js';
import { enrollmentEvents } from './enrollment/events.js';
import { invoiceDecider } from './invoice/decider.js';
import { invoiceEvents } from './invoice/events.js';
import { aggregate } from './kernel/aggregate.js';
import { lessonProgressDecider } from './lesson-progress/decider.js';
import { lessonProgressEvents } from './lesson-progress/events.js';
import { mailDecider } from './mail/decider.js';
import { mailEvents } from './mail/events.js';
import { membershipDecider } from './membership/decider.js';
import { membershipEvents } from './membership/events.js';
import { organizationDecider } from './organization/decider.js';
import { organizationEvents } from './organization/events.js';
import { mailBudgetDecider } from './mail-budget/decider.js';
import { mailBudgetEvents } from './mail-budget/events.js';
import { mailTemplateDecider } from './mail-template/decider.js';
import { mailTemplateEvents } from './mail-template/events.js';
import { otpDecider } from './otp/decider.js';
import { otpEvents } from './otp/events.js';
import { packageCatalogDecider } from './package-catalog/decider.js';
import { packageCatalogEvents } from './package-catalog/events.js';
import { packagePurchasesDecider } from './package-purchases/decider.js';
import { packagePurchasesEvents } from './package-purchases/events.js';
import { passwordTriesDecider } from './password-tries/decider.js';
import { passwordTriesEvents } from './password-tries/events.js';
import { paymentDecider } from './payment/decider.js';
import { paymentEvents } from './payment/events.js';
import { reservationDecider } from './reservation/decider.js';
import { reservationEvents } from './reservation/events.js';
import { resources } from './resources/index.js';
import { seatBookDecider } from './seat-book/decider.js';
import { seatBookEvents } from './seat-book/events.js';
import { sessionDecider } from './session/decider.js';
import { sessionEvents } from './session/events.js';
import { shelfDecider } from './shelf/decider.js';
import { shelfEvents } from './shelf/events.js';
import { teachingDecider } from './teaching/decider.js';
import { teachingEvents } from './teaching/events.js';

/** Every aggregate, by the category of its streams. The catalogue of events, processes and tests read this table. */
export const aggregates = {
  account: aggregate('account', accountDecider, accountEvents),
  email: aggregate('email', reservationDecider, reservationEvents),
  username: aggregate('username', reservationDecider, reservationEvents),
  phone: aggregate('phone', reservationDecider, reservationEvents),
  identity: aggregate('identity', reservationDecider, reservationEvents),
  nim: aggregate('nim', reservationDecider, reservationEvents),
  session: aggregate('session', sessionDecider, sessionEvents),
  otp: aggregate('otp', otpDecider, otpEvents),
  passwordTries: aggregate('passwordTries', passwordTriesDecider, passwordTriesEvents),
  course: aggregate('course', courseDecider, courseEvents),
  shelf: aggregate('shelf', shelfDecider, shelfEvents),
  cart: aggregate('cart', cartDecider, cartEvents),
  coupon: aggregate('coupon', couponDecider, couponEvents, { hashChained: true }),
  payment: aggregate('payment', paymentDecider, paymentEvents, { hashChained: true }),
  enrollment: aggregate('enrollment', enrollmentDecider, enrollmentEvents),
  invoice: aggregate('invoice', invoiceDecider, invoiceEvents),
  chat: aggregate('chat', chatDecider, chatEvents),
  chatMessage: aggregate('chatMessage', chatMessageDecider, chatMessageEvents),
  mail: aggregate('mail', mailDecider, mailEvents),
  organization: aggregate('organization', organizationDecider, organizationEvents),
  membership: aggregate('membership', membershipDecider, membershipEvents),
  curriculum: aggregate('curriculum', curriculumDecider, curriculumEvents),
  teaching: aggregate('teaching', teachingDecider, teachingEvents),
  assessment: aggregate('assessment', assessmentDecider, assessmentEvents),
  assessmentAttempt: aggregate('assessmentAttempt', assessmentAttemptDecider, assessmentAttemptEvents),
  assessmentShelf: aggregate('assessmentShelf', assessmentShelfDecider, assessmentShelfEvents),
  courseRating: aggregate('courseRating', courseRatingDecider, courseRatingEvents),
  lessonProgress: aggregate('lessonProgress', lessonProgressDecider, lessonProgressEvents),
  adminRoster: aggregate('adminRoster', adminRosterDecider, adminRosterEvents),
  assignment: aggregate('assignment', assignmentDecider, assignmentEvents),
  packageCatalog: aggregate('packageCatalog', packageCatalogDecider, packageCatalogEvents),
  mailTemplate: aggregate('mailTemplate', mailTemplateDecider, mailTemplateEvents),
  packagePurchases: aggregate('packagePurchases', packagePurchasesDecider, packagePurchasesEvents, { hashChained: true }),
  seatBook: aggregate('seatBook', seatBookDecider, seatBookEvents),
  auditAccess: aggregate('auditAccess', auditAccessDecider, auditAccessEvents),
  auditCheckpoint: aggregate('auditCheckpoint', auditCheckpointDecider, auditCheckpointEvents),
  mailBudget: aggregate('mailBudget', mailBudgetDecider, mailBudgetEvents),
  ...resources,
} as const;

export type Aggregates = typeof aggregates;
