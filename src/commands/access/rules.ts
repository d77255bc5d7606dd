import { isOwner, mayEdit } from '../../domain/course/rules.js';
import type { Actor } from '../actor.js';
import { defineRule } from './rule.js';

const hasAdminRole = ({ role }: Actor): boolean => role === 'admin';

export interface CourseFacts {
  readonly instructorId: string;
  readonly editors: readonly string[];
}

export const courseActor = (actor: Actor) => ({ accountId: actor.accountId, isAdmin: hasAdminRole(actor) });

export const isAdmin = defineRule('admin', 'Admins.', hasAdminRole);

export const paysPayment = defineRule('payer', 'The account that pays, and admins.', (actor, { payerId }: { payerId: string | null }) =>
  hasAdminRole(actor) || actor.accountId === payerId);

export const receivesInvoice = defineRule('invoice-recipient', 'The account that the invoice is for, and admins.', (actor, { userId }: { userId: string }) =>
  hasAdminRole(actor) || actor.accountId === userId);

export const issuesCoupon = defineRule('coupon-issuer', 'The account that issued the discount, and admins.', (actor, { issuedBy }: { issuedBy: string }) =>
  hasAdminRole(actor) || actor.accountId === issuedBy);

export const discountsCourse = defineRule('course-discounter', 'The instructor of the course, while still an instructor, and admins.', (actor, { instructorId }: { instructorId: string }) =>
  hasAdminRole(actor) || (actor.role === 'instructor' && actor.accountId === instructorId));

export const ownsCourse = defineRule('course-owner', 'The instructor of the course, and admins.', (actor, course: Pick<CourseFacts, 'instructorId'>) =>
  isOwner(courseActor(actor), course));

export const editsCourse = defineRule('course-editor', 'The instructor and the editors of the course, and admins.', (actor, course: CourseFacts) =>
  mayEdit(courseActor(actor), course));

/** Of a thing within a course. `course`: undefined once it is deleted; `hasIt`: whether the account has access through an enrollment. */
export const belongsToCourse = defineRule(
  'course-member',
  'Admins; the instructor and the editors of the course until it is deleted; all who have the course, where the thing is published.',
  (actor, course: CourseFacts | undefined, { hasIt, isPublished }: { readonly hasIt: boolean; readonly isPublished: boolean }) =>
    hasAdminRole(actor) || (hasIt && isPublished) || (course !== undefined && mayEdit(courseActor(actor), course)),
);

export const ownsRecord = defineRule('owner', 'The account that the record belongs to.', (actor, { ownerId }: { ownerId: string }) => actor.accountId === ownerId);

export const ownsOrAdministersRecord = defineRule('owner-or-admin', 'The account that the record belongs to, and admins.', (actor, { ownerId }: { ownerId: string }) =>
  hasAdminRole(actor) || actor.accountId === ownerId);
