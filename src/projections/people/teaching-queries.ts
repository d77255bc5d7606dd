import { teachingId } from '../../domain/teaching/decider.js';
import type { Filter, ReadModels, SortDirection } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { teachings, type TeachingDocument } from './teaching-document.js';

export type { TeachingDocument } from './teaching-document.js';

export interface StudentSearch {
  /** Absent: students who are blocked too. */
  readonly active?: boolean;
  /** Words that each stand in the student's name, username or address. */
  readonly search?: string;
  readonly order: { readonly by: 'joinedAt' | 'sortKey'; readonly direction: SortDirection };
}

export interface FoundStudents {
  readonly students: readonly TeachingDocument[];
  readonly total: number;
}

/** Also of a student who was removed. */
export const teachingOf = (readModels: ReadModels, teacherId: string, studentId: string): Promise<TeachingDocument | undefined> =>
  readModels.get(teachings, teachingId(teacherId, studentId));

/** Blocked students too, but none who was removed. */
export const studentsOf = async (readModels: ReadModels, teacherId: string, { active, search = '', order }: StudentSearch, slice: Slice): Promise<FoundStudents> => {
  const filter: Filter = {
    teacherId,
    removed: false,
    ...(active === undefined ? {} : { active }),
    ...(search.trim() === '' ? {} : { $text: { $search: search } }),
  };
  const { found: students, total } = await findSlice(readModels, teachings, { filter, sort: { [order.by]: order.direction } }, slice);
  return { students, total };
};

/** Without those who are blocked. */
export const countActiveStudents = (readModels: ReadModels, teacherId: string): Promise<number> =>
  readModels.count(teachings, { teacherId, removed: false, active: true });

const MOST_SHUTTING_OUT = 1_000;

/** The teachers who blocked or removed the student, at most MOST_SHUTTING_OUT. */
export const teachersShuttingOut = async (readModels: ReadModels, studentId: string): Promise<readonly string[]> =>
  (await readModels.find(teachings, { filter: { studentId, active: false }, limit: MOST_SHUTTING_OUT })).map(({ teacherId }) => teacherId);
