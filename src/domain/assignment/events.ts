import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** What an admin sets. An active assignment whose due date has passed is shown as expired. */
export const AssignmentStatus = Type.Enum(['ACTIVE', 'DRAFT', 'EXPIRED', 'DELETED']);
export type AssignmentStatus = Static<typeof AssignmentStatus>;

const assignmentId = Id;

const details = {
  title: Type.String(),
  description: Type.String(),
  dueDate: Nullable(Timestamp),
  points: Type.Integer(),
  resourceUrl: Nullable(Type.String()),
  status: AssignmentStatus,
};

const submission = { assignmentId, courseId: Id, submissionId: Id, studentId: Id, fileUrl: Personal(Type.String()) };

export const assignmentEvents = [
  defineEvent('AssignmentCreated', 'The students of a course have something to hand in.', { assignmentId, courseId: Id, ...details, createdAt: Timestamp }),
  defineEvent('AssignmentChanged', 'An assignment changed; a field that is absent did not.', {
    assignmentId,
    ...Type.Partial(Type.Object(details)).properties,
    changedAt: Timestamp,
  }),
  defineEvent('AssignmentRemoved', 'An assignment that nobody had handed anything in for is gone.', { assignmentId, removedAt: Timestamp }),
  defineEvent('AssignmentHandedIn', 'A student handed in a link, for the first time.', { ...submission, submittedAt: Timestamp }),
  defineEvent('AssignmentHandedInAgain', 'A student handed in another link, which takes the place of the one before.', { ...submission, submittedAt: Timestamp }),
] as const;

export type AssignmentEvent = EventOf<(typeof assignmentEvents)[number]>;
