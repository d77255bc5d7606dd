import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { AssignmentEvent } from './events.js';

/** Of one assignment. */
export const MOST_SUBMISSIONS = 20_000;

type Data<Type extends AssignmentEvent['type']> = Extract<AssignmentEvent, { type: Type }>['data'];
export type AssignmentDetails = Omit<Data<'AssignmentCreated'>, 'assignmentId' | 'courseId' | 'createdAt'>;

export type Assignment =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'removed' }>
  | Readonly<{ status: 'there'; courseId: string; details: AssignmentDetails; submissions: PersistentMap<string>; count: number }>;

type At = Readonly<{ assignmentId: string; at: string }>;

export type AssignmentCommand =
  | Message<'CreateAssignment', At & AssignmentDetails & Readonly<{ courseId: string }>>
  /** A detail that is absent stays. */
  | Message<'ChangeAssignment', At & Partial<AssignmentDetails>>
  /** What somebody has handed in for is kept and shown to admins. */
  | Message<'DeleteAssignment', At>
  /** submissionId: of a first submission. */
  | Message<'HandIn', At & Readonly<{ submissionId: string; studentId: string; fileUrl: string }>>;

export type AssignmentRejection = 'assignment-not-found' | 'assignment-inactive' | 'assignment-past-due' | 'too-many-submissions';

type AssignmentDecision = Decision<AssignmentEvent, AssignmentRejection>;
type There = Extract<Assignment, { status: 'there' }>;
type HandIn = Extract<AssignmentCommand, { type: 'HandIn' }>['data'];

const handIn = ({ assignmentId, studentId, fileUrl, submissionId, at }: HandIn, { courseId, details, submissions, count }: There): AssignmentDecision => {
  if (details.status !== 'ACTIVE') return reject('assignment-inactive');
  if (details.dueDate !== null && at > details.dueDate) return reject('assignment-past-due');
  const known = submissions.get(studentId);
  const data = { assignmentId, courseId, submissionId: known ?? submissionId, studentId, fileUrl, submittedAt: at };
  if (known !== undefined) return accept({ type: 'AssignmentHandedInAgain', data });
  if (count >= MOST_SUBMISSIONS) return reject('too-many-submissions', { most: MOST_SUBMISSIONS });
  return accept({ type: 'AssignmentHandedIn', data });
};

const differing = (wanted: Partial<AssignmentDetails>, details: AssignmentDetails): Partial<AssignmentDetails> => {
  const present = new Map<string, unknown>(Object.entries(details));
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== undefined && present.get(name) !== value));
};

const decide = (command: AssignmentCommand, assignment: Assignment): AssignmentDecision => {
  if (command.type === 'CreateAssignment') {
    const { at, ...created } = command.data;
    return assignment.status === 'none' ? accept({ type: 'AssignmentCreated', data: { ...created, createdAt: at } }) : accept();
  }
  if (assignment.status !== 'there') return reject('assignment-not-found');
  const { assignmentId, at } = command.data;
  switch (command.type) {
    case 'ChangeAssignment': {
      const { assignmentId: _id, at: changedAt, ...wanted } = command.data;
      const changes = differing(wanted, assignment.details);
      return Object.keys(changes).length === 0 ? accept() : accept({ type: 'AssignmentChanged', data: { assignmentId, ...changes, changedAt } });
    }
    case 'DeleteAssignment':
      if (assignment.count === 0) return accept({ type: 'AssignmentRemoved', data: { assignmentId, removedAt: at } });
      if (assignment.details.status === 'DELETED') return accept();
      return accept({ type: 'AssignmentChanged', data: { assignmentId, status: 'DELETED', changedAt: at } });
    case 'HandIn':
      return handIn(command.data, assignment);
  }
};

const detailsOf = ({ title, description, dueDate, points, resourceUrl, status }: AssignmentDetails): AssignmentDetails => ({
  title, description, dueDate, points, resourceUrl, status,
});

const evolve = (assignment: Assignment, { type, data }: AssignmentEvent): Assignment => {
  if (type === 'AssignmentCreated') return { status: 'there', courseId: data.courseId, details: detailsOf(data), submissions: emptyMap(), count: 0 };
  if (assignment.status !== 'there') return assignment;
  switch (type) {
    case 'AssignmentChanged':
      return { ...assignment, details: detailsOf({ ...assignment.details, ...data }) };
    case 'AssignmentRemoved':
      return { status: 'removed' };
    case 'AssignmentHandedIn':
      return { ...assignment, submissions: assignment.submissions.set(data.studentId, data.submissionId), count: assignment.count + 1 };
    case 'AssignmentHandedInAgain':
      return assignment;
    default:
      return unknownEvent(type, assignment);
  }
};

/** An assignment with what was handed in for it: its due date, its end and each submission are decided in one order. */
export const assignmentDecider: Decider<Assignment, AssignmentCommand, AssignmentEvent, AssignmentRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
