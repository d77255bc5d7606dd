import type { Filter, ReadModels } from '../../ports/read-models.js';
import { courses, EVERYONE, UNPUBLISHED, type CourseDocument } from './document.js';
import type { CourseList, Slice } from './queries.js';

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

/**
 * The courses of an organization that an account sees, newest first. Those that it sees because it runs them, few, are found on
 * their own and merged in: the others come in the order of an index, however many there are.
 */
export const coursesOfOrganization = async (readModels: ReadModels, search: OrganizationCourseSearch, { skip, limit }: Slice): Promise<CourseList> => {
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
  const from = Math.max(0, skip - own.length);
  const [found, total] = await Promise.all([
    readModels.find(courses, { filter: within(shown), sort: newestFirst, skip: from, limit: limit + own.length }),
    readModels.count(courses, within(shown)),
  ]);
  // Of `own`, what comes before `found` by more than its own length never reaches the page: places count from `from` on.
  return { courses: merged(found, own).slice(skip - from, skip - from + limit), total: total + own.length };
};
