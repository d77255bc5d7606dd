import { readsCourse, takesCourse, type OfferFacts } from '../../commands/access/course-rules.js';
import { noStanding, type Standing } from '../../commands/access/organization-rules.js';
import { courseById, EVERYONE, type CourseDocument } from '../../projections/courses/queries.js';
import { hasAccess } from '../../projections/enrollments/queries.js';
import type { HttpServices } from '../http-services.js';
import type { RequestAccount } from './access.js';
import { activeOrganization, standingShown } from './organization-standing.js';
import { assertReadable } from './reads.js';

// What these read beside the courses is asked for only where it matters: other courses are shown also while it can't be.

/** Of an account in the organization of a course. */
const standingFor = async (services: HttpServices, organizationId: string | null, accountId: string): Promise<Standing> => {
  if (organizationId === null) return noStanding;
  await assertReadable(services, ['organizations']);
  return (await standingShown(services.readModels, organizationId, accountId)) ?? noStanding;
};

/** Called for courses alone that are not for everyone. */
const hasBought = async (services: HttpServices, accountId: string, courseId: string): Promise<boolean> => {
  await assertReadable(services, ['enrollments']);
  return hasAccess(services.readModels, accountId, courseId);
};

/** The course, for who may read it. To others it is like one that is not there, which is looked up in as many places. */
export const visibleCourse = async (services: HttpServices, account: RequestAccount | null, courseId: string): Promise<CourseDocument | undefined> => {
  const course = await courseById(services.readModels, courseId);
  if (course?.audience === EVERYONE) return course;
  if (account === null) return undefined;
  const standing = await standingFor(services, course === undefined ? courseId : course.organizationId, account.accountId);
  if (course !== undefined && readsCourse(account, course, standing, false)) return course;
  const hasIt = await hasBought(services, account.accountId, courseId);
  return course !== undefined && readsCourse(account, course, standing, hasIt) ? course : undefined;
};

/** Tells of each course whether the account may buy it: one look-up for each organization with private ones. */
export const takeableBy = async (
  services: HttpServices,
  account: RequestAccount,
  courses: readonly (OfferFacts & { readonly organizationId: string | null })[],
): Promise<readonly boolean[]> => {
  const organizationIds = new Set(courses.flatMap(({ organizationPrivate, organizationId }) => (organizationPrivate && organizationId !== null ? [organizationId] : [])));
  const standings = new Map(
    await Promise.all([...organizationIds].map(async (id): Promise<[string, Standing]> => [id, await standingFor(services, id, account.accountId)])),
  );
  return courses.map((course) => takesCourse(account, course, standings.get(course.organizationId ?? '') ?? noStanding));
};

/** The organization whose private courses are among the results of a list: the one that the session works within. */
export const listedOrganization = async (services: HttpServices, account: RequestAccount | null): Promise<string | null> => {
  if (account === null || account.organizationId === null) return null;
  await assertReadable(services, ['organizations']);
  return activeOrganization(services.readModels, account);
};
