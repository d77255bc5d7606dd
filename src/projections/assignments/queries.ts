import type { AssignmentStatus } from '../../domain/assignment/events.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { assignments, submissions, type AssignmentDocument, type SubmissionDocument } from './document.js';

export type { AssignmentDocument, SubmissionDocument } from './document.js';

/** By the time: no job has to come first. */
export const statusAt = ({ shelf, closesAt }: AssignmentDocument, now: string): AssignmentStatus => {
  if (shelf !== 'SHOWN') return shelf;
  return closesAt < now ? 'EXPIRED' : 'ACTIVE';
};

export const assignmentById = (readModels: ReadModels, assignmentId: string): Promise<AssignmentDocument | undefined> => readModels.get(assignments, assignmentId);

export const assignmentsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (AssignmentDocument | undefined)[]> => readModels.getMany(assignments, ids);

const withStatus = (status: AssignmentStatus, now: string): Filter => {
  if (status === 'DRAFT' || status === 'DELETED') return { shelf: status };
  return { shelf: 'SHOWN', closesAt: status === 'ACTIVE' ? { $gte: now } : { $lt: now } };
};

export interface AssignmentSearch {
  readonly status?: AssignmentStatus | undefined;
  readonly courseId?: string | undefined;
  readonly search?: string | undefined;
}

/** Newest first; of one status the earliest due date first. */
export const listAssignments = async (
  readModels: ReadModels,
  { status, courseId, search = '' }: AssignmentSearch,
  now: string,
  slice: Slice,
): Promise<{ readonly assignments: readonly AssignmentDocument[]; readonly total: number }> => {
  const filter: Filter = {
    ...(courseId === undefined ? {} : { courseId }),
    ...(status === undefined ? {} : withStatus(status, now)),
    ...(search.trim() === '' ? {} : { $text: { $search: search } }),
  };
  const sort: Readonly<Record<string, 1 | -1>> = status === undefined ? { createdAt: -1 } : { closesAt: 1 };
  const { found, total } = await findSlice(readModels, assignments, { filter, sort }, slice);
  return { assignments: found, total };
};

export interface SubmissionSearch {
  readonly late?: boolean | undefined;
  readonly assignmentId?: string | undefined;
  readonly studentId?: string | undefined;
  readonly courseId?: string | undefined;
}

/** Those that were handed in last first. */
export const listSubmissions = async (
  readModels: ReadModels,
  search: SubmissionSearch,
  slice: Slice,
): Promise<{ readonly submissions: readonly SubmissionDocument[]; readonly total: number }> => {
  const filter: Filter = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
  const { found, total } = await findSlice(readModels, submissions, { filter, sort: { submittedAt: -1 } }, slice);
  return { submissions: found, total };
};

export const submissionById = (readModels: ReadModels, submissionId: string): Promise<SubmissionDocument | undefined> => readModels.get(submissions, submissionId);
