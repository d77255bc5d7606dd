import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { ShelfEvent } from './events.js';

/** Published and unpublished courses that an instructor may have; deleted ones do not count. */
export const MOST_COURSES = 1_000;

export type ShelfCommand =
  | Message<'TakeCoursePlace', { instructorId: string; courseId: string; at: string }>
  | Message<'FreeCoursePlace', { instructorId: string; courseId: string; at: string }>;

export type ShelfRejection = 'too-many-courses';

/** The courses of an instructor that take up a place. Those that were created before places were counted take none. */
export interface Shelf {
  readonly courses: PersistentMap<true>;
}

const decide = ({ type, data }: ShelfCommand, { courses }: Shelf): Decision<ShelfEvent, ShelfRejection> => {
  const { instructorId, courseId, at } = data;
  if (type === 'FreeCoursePlace') {
    return courses.has(courseId) ? accept({ type: 'CoursePlaceFreed', data: { instructorId, courseId, freedAt: at } }) : accept();
  }
  if (courses.has(courseId)) return accept();
  if (courses.size >= MOST_COURSES) return reject('too-many-courses', { most: MOST_COURSES });
  return accept({ type: 'CoursePlaceTaken', data: { instructorId, courseId, takenAt: at } });
};

const evolve = (shelf: Shelf, event: ShelfEvent): Shelf => {
  const { courseId } = event.data;
  switch (event.type) {
    case 'CoursePlaceTaken':
      return { courses: shelf.courses.set(courseId, true) };
    case 'CoursePlaceFreed':
      return { courses: shelf.courses.delete(courseId) };
    default:
      return unknownEvent(event, shelf);
  }
};

export const shelfDecider: Decider<Shelf, ShelfCommand, ShelfEvent, ShelfRejection> = {
  initialState: () => ({ courses: emptyMap() }),
  decide,
  evolve,
};
