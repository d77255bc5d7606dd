import { Type } from 'typebox';
import { defineEvent, Id, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

const pair = { teacherId: Id, studentId: Id };

export const teachingEvents = [
  defineEvent('StudentJoined', 'A student belongs to a teacher from now on, for the first time or again.', { ...pair, joinedAt: Timestamp }),
  defineEvent('StudentBlocked', 'The teacher shut the student out: nothing of the teacher is open to the student until that is undone.', {
    ...pair,
    blockedAt: Timestamp,
  }),
  defineEvent('StudentUnblocked', 'The student has again what was open before.', { ...pair, unblockedAt: Timestamp }),
  defineEvent('StudentRemoved', 'The student does not belong to the teacher any more; what was done stays on record.', { ...pair, removedAt: Timestamp }),
  defineEvent('StudentNotesChanged', 'The teacher wrote other notes about the student.', {
    ...pair,
    notes: Personal(Type.String()),
    changedAt: Timestamp,
  }),
] as const;

export type TeachingEvent = EventOf<(typeof teachingEvents)[number]>;
