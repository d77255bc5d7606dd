import type { AcademyEnrollmentDocument, AcademyEnrollmentStatus } from './document.js';

/** What a list is narrowed down by; a part that is absent is not. */
export interface EnrollmentFilter {
  readonly status?: AcademyEnrollmentStatus | undefined;
  readonly userId?: string | undefined;
  readonly courseId?: string | undefined;
  readonly packageId?: string | undefined;
}

type Listed = Pick<AcademyEnrollmentDocument, 'status' | 'userId' | 'courseId' | 'packageId'>;

/** The name of the list of the enrollments that the filter lets through. */
export const listOf = ({ status, userId, courseId, packageId }: EnrollmentFilter): string =>
  [status, userId, courseId, packageId].map((part) => part ?? '').join('/');

const filterNames = ['status', 'userId', 'courseId', 'packageId'] as const;

/** The names of all lists that the enrollment is in. */
export const listsOf = (listed: Listed): readonly string[] =>
  filterNames
    .reduce<readonly EnrollmentFilter[]>((filters, name) => filters.flatMap((filter) => [filter, { ...filter, [name]: listed[name] }]), [{}])
    .map(listOf);
