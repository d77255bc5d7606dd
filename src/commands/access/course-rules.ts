import { mayEdit } from '../../domain/course/rules.js';
import type { Actor } from '../actor.js';
import { createsCourses, managesCourses, type Standing } from './organization-rules.js';
import { defineRule } from './rule.js';
import { courseActor, editsCourse, isAdmin, ownsCourse, type CourseFacts } from './rules.js';

/** Whom a course is offered to. */
export interface OfferFacts {
  readonly published: boolean;
  readonly deleted: boolean;
  /** Only members of the course's organization are offered it. */
  readonly organizationPrivate: boolean;
}

// The standing that each rule asks for is the one in the organization of the course; `noStanding` where it has none.

/** Carts, purchases and enrollments ask it. */
export const takesCourse = defineRule(
  'course-taker',
  'Any account while the course is on sale to all; members of its organization while it is on sale to them alone.',
  (_, { published, deleted, organizationPrivate }: OfferFacts, { isMember }: Standing) => published && !deleted && (!organizationPrivate || isMember),
);

/** `hasIt`: whether the account has access through an enrollment. */
export const readsCourse = defineRule(
  'course-reader',
  'Anybody while the course is on sale to all, and members of its organization while it is on sale to them alone; else its instructor, its editors, who manages the courses of its organization, and admins until it is deleted, and all who have it.',
  (actor, course: CourseFacts & OfferFacts, standing: Standing, hasIt: boolean) =>
    hasIt || takesCourse(actor, course, standing) || (!course.deleted && (mayEdit(courseActor(actor), course) || managesCourses(actor, standing))),
);

export const changesCourse = defineRule(
  'course-changer',
  'The instructor and the editors of the course, who manages the courses of its organization, and admins. Editors may change what it says of itself alone.',
  (actor, course: CourseFacts, standing: Standing) => editsCourse(actor, course) || managesCourses(actor, standing),
);

export const deletesCourse = defineRule(
  'course-remover',
  'The instructor of the course, who manages the courses of its organization, and admins.',
  (actor, course: CourseFacts, standing: Standing) => ownsCourse(actor, course) || managesCourses(actor, standing),
);

export const assignsTerm = defineRule(
  'course-term-assigner',
  'The instructor of the course while the role in its organization has courses.create, who manages the courses of the organization, and admins.',
  (actor, course: CourseFacts, standing: Standing) =>
    managesCourses(actor, standing) || (ownsCourse(actor, course) && createsCourses(actor, standing)),
);

/** The account as the decider of courses knows it. */
export const courseActorIn = (actor: Actor, standing: Standing) => ({ ...courseActor(actor), isManager: isAdmin(actor) || managesCourses(actor, standing) });
