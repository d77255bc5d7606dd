import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const place = { instructorId: Id, courseId: Id };

export const shelfEvents = [
  defineEvent('CoursePlaceTaken', 'An instructor has one course more; the shelf of an instructor has a limited number of places.', {
    ...place,
    takenAt: Timestamp,
  }),
  defineEvent('CoursePlaceFreed', 'The course was deleted, or never came to be: its place is free.', { ...place, freedAt: Timestamp }),
] as const;

export type ShelfEvent = EventOf<(typeof shelfEvents)[number]>;
