import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const place = { teacherId: Id, assessmentId: Id };

export const assessmentShelfEvents = [
  defineEvent('AssessmentPlaceTaken', 'A teacher has one assessment more; a teacher has a limited number of places.', { ...place, takenAt: Timestamp }),
  defineEvent('AssessmentPlaceFreed', 'The assessment was deleted, or never came to be: its place is free.', { ...place, freedAt: Timestamp }),
] as const;

export type AssessmentShelfEvent = EventOf<(typeof assessmentShelfEvents)[number]>;
