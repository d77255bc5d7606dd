import type { Static } from 'typebox';
import type { ReadModels } from '../../../ports/read-models.js';
import { accountsByIds } from '../../../projections/accounts/queries.js';
import { assignmentsByIds, type AssignmentDocument, type SubmissionDocument } from '../../../projections/assignments/queries.js';
import { dueDateWib, presentTimed } from '../assignments/presenter.js';
import { shownPerson } from '../people.js';
import type { ListedSubmission, OwnListedSubmission, OwnSubmission, Submission } from './schemas.js';

export const presentSubmission = ({ id, assignmentId, studentId: userId, fileUrl, submittedAt, late, createdAt }: SubmissionDocument): Static<typeof Submission> => ({
  id, assignmentId, userId, fileUrl, submittedAt, status: late ? 'LATE' : 'SUBMITTED', createdAt, updatedAt: submittedAt,
});

const about = (assignment: AssignmentDocument | undefined) => {
  if (assignment === undefined) return null;
  const { id, title, courseId, dueDate, points } = assignment;
  return { id, title, courseId, dueDate, points, dueDateWib: dueDateWib(dueDate) };
};

const byId = async (readModels: ReadModels, found: readonly SubmissionDocument[]): Promise<ReadonlyMap<string, AssignmentDocument | undefined>> => {
  const ids = [...new Set(found.map(({ assignmentId }) => assignmentId))];
  const assignments = await assignmentsByIds(readModels, ids);
  return new Map(ids.map((id, index) => [id, assignments[index]]));
};

export const presentOwnListed = async (readModels: ReadModels, found: readonly SubmissionDocument[]): Promise<Static<typeof OwnListedSubmission>[]> => {
  const assignments = await byId(readModels, found);
  return found.map((submission) => ({ ...presentSubmission(submission), content: null, assignment: about(assignments.get(submission.assignmentId)) }));
};

export const presentListed = async (readModels: ReadModels, found: readonly SubmissionDocument[]): Promise<Static<typeof ListedSubmission>[]> => {
  const ids = [...new Set(found.map(({ studentId }) => studentId))];
  const [listed, accounts] = await Promise.all([presentOwnListed(readModels, found), accountsByIds(readModels, ids)]);
  const people = new Map(ids.map((id, index) => [id, accounts[index]]));
  return listed.map((submission) => ({ ...submission, user: shownPerson(submission.userId, people.get(submission.userId)) }));
};

export const presentOwn = async (readModels: ReadModels, found: readonly SubmissionDocument[], now: string): Promise<Static<typeof OwnSubmission>[]> => {
  const assignments = await byId(readModels, found);
  return found.map((submission) => {
    const assignment = assignments.get(submission.assignmentId);
    if (assignment === undefined) return { ...presentSubmission(submission), assignment: null };
    const { isPastDue: _isPastDue, ...shown } = presentTimed(assignment, now);
    return { ...presentSubmission(submission), assignment: shown };
  });
};
