import type { Filter, ReadModels } from '../../ports/read-models.js';
import { courses, EVERYONE, UNPUBLISHED, type CourseDocument } from './document.js';
import { findSlice, placeOf, type Place, type Slice } from '../kernel/slice.js';
import type { CourseList } from './queries.js';

/** How much of an organization's courses an account sees: what is on sale to all; to its members as well; or all of it. */
export type OrganizationView = 'public' | 'member' | 'manager';

export interface OrganizationCourseSearch {
  readonly organizationId: string;
  readonly view: OrganizationView;
  /** An account that sees the courses which it runs as well; null: there is none. */
  readonly accountId: string | null;
  readonly termId?: string | undefined;
  readonly levelId?: string | undefined;
  readonly instructorId?: string | undefined;
  readonly published?: boolean | undefined;
}

const newestFirst = { createdAt: -1 } as const;

const audiencesOf = ({ view, organizationId, published }: OrganizationCourseSearch): readonly string[] => {
  const onSale = view === 'public' ? [EVERYONE] : [EVERYONE, organizationId];
  const all = view === 'manager' ? [...onSale, UNPUBLISHED] : onSale;
  if (published === undefined) return all;
  return all.filter((audience) => (audience === UNPUBLISHED) !== published);
};

/** Audiences of courses that only who runs them sees. */
const hiddenFrom = ({ organizationId, published }: OrganizationCourseSearch, shown: readonly string[]): readonly string[] =>
  audiencesOf({ view: 'manager', organizationId, published, accountId: null }).filter((audience) => !shown.includes(audience));

const comesFirst = (left: CourseDocument, right: CourseDocument): boolean =>
  left.createdAt === right.createdAt ? left.id < right.id : left.createdAt > right.createdAt;

const merged = (left: readonly CourseDocument[], right: readonly CourseDocument[]): readonly CourseDocument[] => {
  const rest = [...right];
  const before = (course: CourseDocument): readonly CourseDocument[] => {
    const end = rest.findIndex((other) => !comesFirst(other, course));
    return rest.splice(0, end < 0 ? rest.length : end);
  };
  return [...left.flatMap((course) => [...before(course), course]), ...rest];
};

const isAfter = ({ values: [createdAt = null], id }: Place) => (course: CourseDocument): boolean =>
  createdAt !== null && (course.createdAt === createdAt ? course.id > id : course.createdAt < createdAt);

/** `from`: what the page begins with, and at least one more than it where there is more. */
const pageOf = (from: readonly CourseDocument[], limit: number, total: number): CourseList => {
  const page = from.slice(0, limit);
  const last = page.at(-1);
  return { courses: page, total, next: from.length <= limit || last === undefined ? null : placeOf(last, newestFirst) };
};

/**
 * The courses of an organization that an account sees, newest first. Those that it sees because it runs them, few, are found on
 * their own and merged in: the others come in the order of an index, however many there are.
 */
export const coursesOfOrganization = async (readModels: ReadModels, search: OrganizationCourseSearch, { skip, limit, after }: Slice): Promise<CourseList> => {
  const { organizationId, accountId, termId, levelId, instructorId } = search;
  const shown = audiencesOf(search);
  const hidden = hiddenFrom(search, shown);
  const within = (audiences: readonly string[], run: Filter = {}): Filter => ({
    organizationId,
    audience: { $in: audiences },
    ...(termId === undefined ? {} : { termId }),
    ...(levelId === undefined ? {} : { levelId }),
    ...(instructorId === undefined ? {} : { instructorId }),
    ...run,
  });
  const runs = accountId === null || hidden.length === 0 ? [] : [{ instructorId: accountId }, { editors: accountId }];
  const branches = runs.filter((run) => !('instructorId' in run) || instructorId === undefined || instructorId === accountId);
  const own = branches.length === 0 ? [] : await readModels.find(courses, { filter: { $or: branches.map((run) => within(hidden, run)) }, sort: newestFirst });
  const total = (listed: number): number => listed + own.length;
  if (after !== undefined) {
    const list = { filter: within(shown), sort: newestFirst };
    const rest = await findSlice(readModels, courses, list, { skip, limit: limit + 1, after });
    return pageOf(merged(rest.found, own.filter(isAfter(after))), limit, total(rest.total));
  }
  const from = Math.max(0, skip - own.length);
  const [found, listed] = await Promise.all([
    readModels.find(courses, { filter: within(shown), sort: newestFirst, skip: from, limit: limit + 1 + own.length }),
    readModels.count(courses, within(shown)),
  ]);
  // Of `own`, what comes before `found` by more than its own length never reaches the page: places count from `from` on.
  return pageOf(merged(found, own).slice(skip - from), limit, total(listed));
};
