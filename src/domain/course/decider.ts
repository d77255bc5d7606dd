import { accept, reject, type Decider, type Decision } from '../kernel/decider.js';
import { compareMoney, toMinorPrecision } from '../kernel/money.js';
import type { CourseCommand, CourseRejection, CreateCourse, EditingCommand } from './commands.js';
import type { CourseEvent } from './events.js';
import { badCapacity, badFreedom, badPrice, incompleteness, isOwner, mayEdit } from './rules.js';
import { decideSeat, isSeatCommand } from './seats.js';
import { differing, replacedFiles } from './details.js';
import { evolve, type Course, type CourseDetails, type ExistingCourse } from './state.js';

export type { CourseActor, CourseCommand, CourseRejection } from './commands.js';
export { isOwner as isCourseOwner, mayEdit as mayEditCourse } from './rules.js';
export type { Course, CourseDetails, ExistingCourse } from './state.js';

type CourseDecision = Decision<CourseEvent, CourseRejection>;

const create = (command: CreateCourse, course: Course): CourseDecision => {
  const { actor, at, published, free, levelId = null, ...facts } = command;
  if (course.status === 'deleted') return reject('course-deleted');
  if (course.status !== 'none') {
    return course.instructorId === facts.instructorId ? accept() : reject('course-already-exists');
  }
  if (!isOwner(actor, facts)) return reject('not-course-owner');
  if (published && (facts.academyQuota ?? null) !== null) return reject('course-in-packages-only');
  if ((facts.organizationPrivate || levelId !== null) && facts.organizationId === null) return reject('course-without-organization');
  const refusal =
    incompleteness(facts, published ? 'published' : 'draft') ??
    badPrice(facts.price, facts.currency) ??
    badFreedom(free, facts.price) ??
    badCapacity(facts.capacity);
  if (refusal !== undefined) return refusal;
  const { courseId, currency } = facts;
  const price = toMinorPrecision(facts.price, currency);
  const created: CourseEvent = { type: 'CourseCreated', data: { ...facts, tags: [...facts.tags], price, createdAt: at } };
  return accept<CourseEvent>(
    created,
    ...(levelId === null ? [] : [{ type: 'CourseLevelAssigned', data: { courseId, levelId, assignedAt: at } } as const]),
    ...(published ? [{ type: 'CoursePublished', data: { courseId, publishedAt: at } } as const] : []),
  );
};

const changeDetails = (wanted: Partial<CourseDetails>, at: string, course: ExistingCourse): CourseDecision => {
  const { courseId, details } = course;
  const { tags, ...changed } = differing(wanted, details);
  if (tags === undefined && Object.keys(changed).length === 0) return accept();
  const refusal = incompleteness({ ...details, ...changed }, course.status);
  if (refusal !== undefined) return refusal;
  const replaced = replacedFiles(details, changed);
  const files = replaced.length === 0 ? {} : { replacedFiles: [...replaced] };
  const data = { courseId, ...changed, ...(tags === undefined ? {} : { tags: [...tags] }), ...files, changedAt: at };
  return accept({ type: 'CourseDetailsChanged', data });
};

const reprice = (wanted: string, currency: string, at: string, course: ExistingCourse): CourseDecision => {
  const { courseId, price: previousPrice } = course;
  if (currency !== course.currency) return reject('currency-mismatch', { expected: course.currency, found: currency });
  const refusal = badPrice(wanted, currency);
  if (refusal !== undefined) return refusal;
  if (compareMoney(wanted, previousPrice) === 0) return accept();
  const price = toMinorPrecision(wanted, currency);
  return accept({ type: 'CourseRepriced', data: { courseId, price, currency, previousPrice, repricedAt: at } });
};

const changeCapacity = (capacity: number | null, at: string, course: ExistingCourse): CourseDecision => {
  const { courseId, seatsInUse } = course;
  const refusal = badCapacity(capacity);
  if (refusal !== undefined) return refusal;
  if (capacity === course.capacity) return accept();
  if (capacity !== null && capacity < seatsInUse) return reject('capacity-below-seats', { capacity, seatsInUse });
  return accept({ type: 'CourseCapacityChanged', data: { courseId, capacity, changedAt: at } });
};

const assignTerm = (termId: string | null, at: string, { courseId, organizationId, termId: present }: ExistingCourse): CourseDecision => {
  if (termId === present) return accept();
  if (organizationId === null) return reject('course-without-organization');
  return accept({ type: 'CourseTermAssigned', data: { courseId, termId, assignedAt: at } });
};

const assignLevel = (levelId: string | null, at: string, { courseId, organizationId, levelId: present }: ExistingCourse): CourseDecision => {
  if (levelId === present) return accept();
  if (organizationId === null) return reject('course-without-organization');
  return accept({ type: 'CourseLevelAssigned', data: { courseId, levelId, assignedAt: at } });
};

const addEditor = (editorId: string, at: string, course: ExistingCourse): CourseDecision => {
  const { courseId, instructorId, editors } = course;
  if (editorId === instructorId) return reject('owner-cannot-be-editor');
  if (editors.includes(editorId)) return accept();
  return accept({ type: 'CourseEditorAdded', data: { courseId, editorId, addedAt: at } });
};

const decideEditing = ({ type, data }: EditingCommand, course: ExistingCourse): CourseDecision => {
  const { courseId } = course;
  const { actor, at } = data;
  // The academy's courses are its admins': whoever drew one up and is no admin any more has no part in it.
  if (course.details.academyQuota !== null && !actor.isAdmin) return reject(type === 'ChangeCourseDetails' ? 'not-course-editor' : 'not-course-owner');
  if (type === 'ChangeCourseDetails') {
    return mayEdit(actor, course) ? changeDetails(data, at, course) : reject('not-course-editor');
  }
  if (!isOwner(actor, course)) return reject('not-course-owner');
  switch (type) {
    case 'PublishCourse': {
      if (course.status === 'published') return accept();
      if (course.details.academyQuota !== null) return reject('course-in-packages-only');
      const published: CourseEvent = { type: 'CoursePublished', data: { courseId, publishedAt: at } };
      return incompleteness(course.details, 'published') ?? accept(published);
    }
    case 'UnpublishCourse':
      if (course.status === 'draft') return accept();
      return accept({ type: 'CourseUnpublished', data: { courseId, unpublishedAt: at } });
    case 'RepriceCourse':
      return reprice(data.price, data.currency, at, course);
    case 'ChangeCourseVisibility': {
      const { organizationPrivate } = data;
      if (organizationPrivate === course.organizationPrivate) return accept();
      if (organizationPrivate && course.organizationId === null) return reject('course-without-organization');
      return accept({ type: 'CourseVisibilityChanged', data: { courseId, organizationPrivate, changedAt: at } });
    }
    case 'AssignTerm':
      return assignTerm(data.termId, at, course);
    case 'AssignLevel':
      return assignLevel(data.levelId, at, course);
    case 'ChangeCourseCapacity':
      return changeCapacity(data.capacity, at, course);
    case 'AddEditor':
      return addEditor(data.editorId, at, course);
    case 'RemoveEditor': {
      const { editorId } = data;
      if (!course.editors.includes(editorId)) return accept();
      return accept({ type: 'CourseEditorRemoved', data: { courseId, editorId, removedAt: at } });
    }
    case 'DeleteCourse':
      return accept({ type: 'CourseDeleted', data: { courseId, deletedAt: at } });
  }
};

export const decide = (command: CourseCommand, course: Course): CourseDecision => {
  if (command.type === 'CreateCourse') return create(command.data, course);
  if (course.status === 'none') return reject('course-not-found');
  if (isSeatCommand(command)) return decideSeat(command, course);
  if (course.status === 'deleted') return reject('course-deleted');
  return decideEditing(command, course);
};

export const courseDecider: Decider<Course, CourseCommand, CourseEvent, CourseRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
