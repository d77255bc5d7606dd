import { reject, type Refusal } from '../kernel/decider.js';
import { isZero, parseAmount } from '../kernel/money.js';
import type { CourseActor } from './commands.js';
import type { CourseDetails, ExistingCourse } from './state.js';

const isBlank = (text: string): boolean => text.trim() === '';

/** Details that a course must have to be on sale; a draft needs a title only. */
export const incompleteness = (
  details: CourseDetails,
  status: ExistingCourse['status'],
): Refusal<'course-incomplete'> | undefined => {
  const needed = status === 'published' ? (['title', 'description', 'category'] as const) : (['title'] as const);
  const missing = needed.filter((name) => isBlank(details[name]));
  return missing.length === 0 ? undefined : reject('course-incomplete', { missing });
};

export const badPrice = (price: string, currency: string): Refusal<'amount-invalid'> | undefined => {
  const parsed = parseAmount(price, currency);
  return parsed.ok ? undefined : reject('amount-invalid', { problem: parsed.problem, currency });
};

/** A course is free where its price is 0, and nothing else says so. `free`: what the client says; undefined: nothing. */
export const badFreedom = (free: boolean | undefined, price: string): Refusal<'course-not-without-price' | 'course-without-price'> | undefined => {
  if (free === undefined || free === isZero(price)) return undefined;
  return reject(free ? 'course-not-without-price' : 'course-without-price', { price });
};

export const badCapacity = (capacity: number | null): Refusal<'capacity-invalid'> | undefined =>
  capacity === null || (Number.isSafeInteger(capacity) && capacity >= 1) ? undefined : reject('capacity-invalid');

export const isOwner = (actor: CourseActor, { instructorId }: { readonly instructorId: string }): boolean =>
  actor.isAdmin || actor.isManager === true || actor.accountId === instructorId;

export const mayEdit = (actor: CourseActor, course: Pick<ExistingCourse, 'instructorId' | 'editors'>): boolean =>
  isOwner(actor, course) || course.editors.includes(actor.accountId);
