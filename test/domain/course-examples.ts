import type { CourseActor, CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';

export const at = '2026-03-01T12:00:00.000Z';
export const holdUntil = '2026-03-01T12:15:00.000Z';
export const courseId = 'course';

export const owner: CourseActor = { accountId: 'instructor', isAdmin: false };
export const editor: CourseActor = { accountId: 'editor', isAdmin: false };
export const stranger: CourseActor = { accountId: 'stranger', isAdmin: false };
export const admin: CourseActor = { accountId: 'admin', isAdmin: true };

const facts = {
  courseId,
  instructorId: 'instructor',
  title: 'Algebra',
  description: 'All of it',
  thumbnailUrl: null,
  level: 'beginner' as const,
  category: 'mathematics',
  tags: ['groups'],
  price: '20.00',
  currency: 'EUR',
  organizationId: null,
  organizationPrivate: false,
  capacity: null,
};

export const create = (
  changes: Partial<Extract<CourseCommand, { type: 'CreateCourse' }>['data']> = {},
): CourseCommand => ({ type: 'CreateCourse', data: { ...facts, published: false, actor: owner, at, ...changes } });

export const created = (changes: Partial<Extract<CourseEvent, { type: 'CourseCreated' }>['data']> = {}): CourseEvent => {
  return { type: 'CourseCreated', data: { ...facts, createdAt: at, ...changes } };
};
export const published: CourseEvent = { type: 'CoursePublished', data: { courseId, publishedAt: at } };
export const unpublished: CourseEvent = { type: 'CourseUnpublished', data: { courseId, unpublishedAt: at } };
export const deleted: CourseEvent = { type: 'CourseDeleted', data: { courseId, deletedAt: at } };
export const editorAdded: CourseEvent = { type: 'CourseEditorAdded', data: { courseId, editorId: 'editor', addedAt: at } };
export const capacityChanged = (capacity: number | null): CourseEvent => {
  return { type: 'CourseCapacityChanged', data: { courseId, capacity, changedAt: at } };
};

const seat = (holdId: string) => ({ courseId, holdId, studentId: 'student' });
export const seatReserved = (holdId: string): CourseEvent => {
  return { type: 'CourseSeatReserved', data: { ...seat(holdId), holdUntil, reservedAt: at } };
};
export const seatTaken = (holdId: string): CourseEvent => ({ type: 'CourseSeatTaken', data: { ...seat(holdId), takenAt: at } });
export const seatOccupied = (holdId: string): CourseEvent => ({ type: 'CourseSeatOccupied', data: { ...seat(holdId), occupiedAt: at } });
export const seatReleased = (holdId: string): CourseEvent => {
  return { type: 'CourseSeatReleased', data: { ...seat(holdId), reason: 'declined', releasedAt: at } };
};

export const reserveSeat = (holdId: string): CourseCommand => {
  return { type: 'ReserveSeat', data: { holdId, studentId: 'student', holdUntil, at } };
};
export const takeSeat = (holdId: string): CourseCommand => ({ type: 'TakeSeat', data: { holdId, at } });
export const occupySeat = (holdId: string): CourseCommand => ({ type: 'OccupySeat', data: { holdId, studentId: 'student', at } });
export const releaseSeat = (holdId: string): CourseCommand => {
  return { type: 'ReleaseSeat', data: { holdId, reason: 'declined', at } };
};
