import type { AssignmentStatus } from '../../domain/assignment/events.js';
import { lookingUp, projection, rule, where, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { ALWAYS, assignments, formerStudents, NEVER, submissions, type AssignmentDocument, type FormerStudentDocument, type SubmissionDocument } from './document.js';

const assignmentOf = ({ data }: { readonly data: { readonly assignmentId: string } }): string => data.assignmentId;

/** Changes of the status and of the due date, as the time at which it closes. */
const placed = (status: AssignmentStatus, dueDate: string | null): Pick<AssignmentDocument, 'shelf' | 'closesAt' | 'dueDate'> => {
  if (status === 'DRAFT' || status === 'DELETED') return { shelf: status, closesAt: dueDate ?? NEVER, dueDate };
  return { shelf: 'SHOWN', closesAt: status === 'EXPIRED' ? ALWAYS : (dueDate ?? NEVER), dueDate };
};

const storedStatus = ({ shelf, closesAt }: AssignmentDocument): AssignmentStatus => {
  if (shelf !== 'SHOWN') return shelf;
  return closesAt === ALWAYS ? 'EXPIRED' : 'ACTIVE';
};

const changedAssignment = (assignment: AssignmentDocument | undefined, { data }: RecordOf<'AssignmentChanged'>): AssignmentDocument | undefined => {
  if (assignment === undefined) return undefined;
  const { title = assignment.title, description = assignment.description, points = assignment.points, dueDate = assignment.dueDate } = data;
  const { resourceUrl = assignment.resourceUrl, status = storedStatus(assignment), changedAt: updatedAt } = data;
  return { ...assignment, title, description, points, resourceUrl, ...placed(status, dueDate), updatedAt };
};

const isLate = (submittedAt: string, dueDate: string | null): boolean => dueDate !== null && submittedAt > dueDate;

type HandedIn = 'AssignmentHandedIn' | 'AssignmentHandedInAgain';

/** What comes from a student whose account was deleted before: a request that was under way. */
const isOfFormer = ({ position }: RecordOf<HandedIn>, former: FormerStudentDocument | undefined): boolean =>
  former !== undefined && former.since < orderedPosition(position);

/** Nothing is taken after the due date, so that it is not late until the date is moved. */
const handedIn = (eventType: HandedIn): ProjectionRule =>
  lookingUp<SubmissionDocument, FormerStudentDocument, HandedIn>(
    submissions,
    eventType,
    { collection: formerStudents, ids: ({ data }: RecordOf<HandedIn>) => data.studentId },
    ({ data }) => [data.submissionId],
    (known, event, [former], id) => {
      const { assignmentId, courseId, studentId, fileUrl, submittedAt } = event.data;
      if (isOfFormer(event, former)) return known;
      return { id, assignmentId, courseId, studentId, fileUrl, submittedAt, late: false, createdAt: known?.createdAt ?? submittedAt };
    },
  );

export const assignmentsProjection = projection({
  name: 'assignments',
  version: 1,
  collections: [assignments, submissions, formerStudents],
  rules: [
    rule(assignments, 'AssignmentCreated', assignmentOf, (_, { data }, id) => {
      const { courseId, title, description, points, resourceUrl, status, dueDate, createdAt } = data;
      return { id, courseId, title, description, points, resourceUrl, ...placed(status, dueDate), submissions: 0, createdAt, updatedAt: createdAt };
    }),
    rule(assignments, 'AssignmentChanged', assignmentOf, changedAssignment),
    rule(assignments, 'AssignmentRemoved', assignmentOf, () => undefined),
    rule(assignments, 'AssignmentHandedIn', assignmentOf, (assignment) => assignment && { ...assignment, submissions: assignment.submissions + 1 }),
    handedIn('AssignmentHandedIn'),
    handedIn('AssignmentHandedInAgain'),
    rule(formerStudents, 'AccountDeleted', ({ data }) => data.accountId, (_, { position }, id) => ({ id, since: orderedPosition(position) })),
  ],
  fanOuts: [
    where(
      submissions,
      'AssignmentChanged',
      'assignmentId',
      ({ data }) => (data.dueDate === undefined ? undefined : data.assignmentId),
      (submission, { data }) => ({ ...submission, late: isLate(submission.submittedAt, data.dueDate ?? null) }),
    ),
    where(submissions, 'AccountDeleted', 'studentId', ({ data }) => data.accountId, () => undefined),
  ],
});
