import { isOwner, mayEdit } from '../../domain/course/rules.js';
import type { ChatType } from '../../domain/chat/events.js';
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
  'Admins; the instructor and the editors of the course, and who manages the courses of its organization, until it is deleted; all who have the course, where the thing is published.',
  (actor, course: CourseFacts | undefined, { hasIt, isPublished, isManager }: { readonly hasIt: boolean; readonly isPublished: boolean; readonly isManager: boolean }) =>
    hasAdminRole(actor) || (hasIt && isPublished) || (course !== undefined && (isManager || mayEdit(courseActor(actor), course))),
);

export const ownsRecord = defineRule('owner', 'The account that the record belongs to.', (actor, { ownerId }: { ownerId: string }) => actor.accountId === ownerId);

export const ownsOrAdministersRecord = defineRule('owner-or-admin', 'The account that the record belongs to, and admins.', (actor, { ownerId }: { ownerId: string }) =>
  hasAdminRole(actor) || actor.accountId === ownerId);

export interface ChatFacts {
  readonly type: ChatType;
  readonly participants: readonly string[];
}

/** Whom the chat of a course is for; `enrolled`: whether the account has the course. Null for other chats. */
export type ChatCourse = (CourseFacts & { readonly enrolled: boolean }) | null;

const takesPart = ({ accountId }: Actor, { participants }: ChatFacts): boolean => participants.includes(accountId);

const editsChatCourse = (actor: Actor, course: ChatCourse): boolean => course !== null && mayEdit(courseActor(actor), course);

const mayReadChat = (actor: Actor, chat: ChatFacts, course: ChatCourse): boolean => {
  if (chat.type === 'course') return course !== null && (course.enrolled || editsChatCourse(actor, course));
  return takesPart(actor, chat) || (chat.type === 'system' && hasAdminRole(actor));
};

export const readsChat = defineRule(
  'chat-reader',
  'A private chat: its two people and nobody else, admins neither. The chat of a course: its enrolled students, its instructor and editors, also of a deleted course, and admins. A system chat: its participants, and admins.',
  mayReadChat,
);

export const writesChat = defineRule('chat-writer', 'Who may read a private chat or that of a course; in a system chat admins.', (actor, chat: ChatFacts, course: ChatCourse) =>
  chat.type === 'system' ? hasAdminRole(actor) : mayReadChat(actor, chat, course));

export const managesChat = defineRule(
  'chat-manager',
  'A private chat: its two people. The chat of a course: the instructor and the editors of the course, and admins. A system chat: admins.',
  (actor, chat: ChatFacts, course: ChatCourse) => {
    if (chat.type === 'private') return takesPart(actor, chat);
    return chat.type === 'course' ? editsChatCourse(actor, course) : hasAdminRole(actor);
  },
);

export const endsChat = defineRule(
  'chat-owner',
  'A private chat: its two people. The chat of a course: the instructor of the course, and admins. A system chat: admins.',
  (actor, chat: ChatFacts, course: ChatCourse) => {
    if (chat.type === 'private') return takesPart(actor, chat);
    return chat.type === 'course' ? course !== null && isOwner(courseActor(actor), course) : hasAdminRole(actor);
  },
);
