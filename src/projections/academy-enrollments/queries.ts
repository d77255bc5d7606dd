import type { Filter, KeptDocuments, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { academyEnrollments, type AcademyEnrollmentDocument } from './document.js';
import { listOf, type EnrollmentFilter } from './lists.js';

export type { AcademyEnrollmentDocument, AcademyEnrollmentStatus } from './document.js';

export const academyEnrollmentById = (readModels: ReadModels, id: string): Promise<AcademyEnrollmentDocument | undefined> =>
  readModels.get(academyEnrollments, id);

/** In the order of the ids; undefined where there is none. */
export const academyEnrollmentsByIds = (readModels: ReadModels, ids: readonly string[]): Promise<readonly (AcademyEnrollmentDocument | undefined)[]> =>
  readModels.getMany(academyEnrollments, ids);

export interface EnrollmentSearch extends EnrollmentFilter {
  /** Of createdAt, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Found {
  readonly enrollments: readonly AcademyEnrollmentDocument[];
  readonly total: number;
}

const periodOf = ({ from, to }: EnrollmentSearch): Filter =>
  from === undefined && to === undefined ? {} : { createdAt: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) } };

/** The newest first. */
export const listAcademyEnrollments = async (readModels: ReadModels, search: EnrollmentSearch, slice: Slice): Promise<Found> => {
  const filter = { listedAs: listOf(search), ...periodOf(search) };
  const { found: enrollments, total } = await findSlice(readModels, academyEnrollments, { filter, sort: { createdAt: -1 } }, slice);
  return { enrollments, total };
};

/** Ended ones included, the newest first. */
export const academyEnrollmentsOf = (readModels: ReadModels, userId: string, slice: Slice): Promise<Found> =>
  listAcademyEnrollments(readModels, { userId }, slice);

/** How many courses the person has by packages now. */
export const countEnrolled = (readModels: ReadModels, userId: string): Promise<number> =>
  readModels.count(academyEnrollments, { listedAs: listOf({ status: 'ENROLLED', userId }) });

/** Enrollments in the course, or all, are read from the store the next time. */
export const forgetAcademyEnrollments = (kept: KeptDocuments, courseId?: string): void =>
  kept.forget(academyEnrollments, (enrollment) => courseId === undefined || enrollment.courseId === courseId);
