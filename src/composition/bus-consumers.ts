import type { Role } from '../config.js';
import type { DomainEvent } from '../domain/events.js';
import type { Consumer } from '../ports/event-bus.js';
import { adminRosterConsumer, KEEP_ADMIN_ROSTER } from '../workers/admin-roster/keep-admin-roster.js';
import { couponUsesConsumer, SETTLE_COUPON_USES } from '../workers/coupon-uses/settle-uses.js';
import { REMOVE_REPLACED_COURSE_FILES, replacedFilesConsumer } from '../workers/course-files/remove-replaced-files.js';
import { deletedAccountsConsumer, FORGET_DELETED_ACCOUNTS, type ForgettingServices } from '../workers/deleted-accounts/forget-deleted-accounts.js';
import { CLOSE_COURSES_OF_FORMER_MEMBERS, formerMembersConsumer } from '../workers/former-members/close-courses.js';
import { MAIL_REQUESTS, mailRequestConsumer, type MailRequestServices } from '../workers/mails/mail-requests.js';
import { packageApprovalsConsumer, SETTLE_PACKAGE_APPROVALS, type PackageApprovalServices } from '../workers/package-approvals/settle-package-approvals.js';
import { JOIN_REGISTERED_STUDENTS, registeredStudentsConsumer } from '../workers/registered-students/join-registered-students.js';

export interface BusConsumer {
  readonly name: string;
  readonly role: Role;
  readonly open: (services: ForgettingServices & MailRequestServices & PackageApprovalServices) => Consumer<DomainEvent>;
}

/** Every consumer of the bus: the roles that run them and the report of their lag read this list. */
export const busConsumers: readonly BusConsumer[] = [
  { name: MAIL_REQUESTS, role: 'email', open: mailRequestConsumer },
  { name: FORGET_DELETED_ACCOUNTS, role: 'processes', open: deletedAccountsConsumer },
  { name: CLOSE_COURSES_OF_FORMER_MEMBERS, role: 'processes', open: formerMembersConsumer },
  { name: JOIN_REGISTERED_STUDENTS, role: 'processes', open: registeredStudentsConsumer },
  { name: SETTLE_COUPON_USES, role: 'processes', open: couponUsesConsumer },
  { name: KEEP_ADMIN_ROSTER, role: 'processes', open: adminRosterConsumer },
  { name: SETTLE_PACKAGE_APPROVALS, role: 'processes', open: packageApprovalsConsumer },
  { name: REMOVE_REPLACED_COURSE_FILES, role: 'processes', open: replacedFilesConsumer },
];
