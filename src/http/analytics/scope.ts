import type { FastifyRequest } from 'fastify';
import { readsAllFigures, readsFigures } from '../../commands/access/analytics-rules.js';
import { managesCourses } from '../../commands/access/organization-rules.js';
import { ALL, couponIssuer, figureCourse, type FiguresOf } from '../../projections/analytics/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf, type RequestAccount } from '../shared/access.js';
import { standingShown } from '../shared/organization-standing.js';
import { forbidden, invalidField, notFound } from '../shared/problem.js';

/** What the routes of figures read: `organizations` says who manages courses. */
export const FIGURE_READS = ['analytics', 'organizations'] as const;

export interface AskedScope {
  readonly course?: string | undefined;
  readonly instructor?: string | undefined;
  readonly organization?: string | undefined;
  readonly coupon?: string | undefined;
  readonly surface?: 'marketplace' | 'academy' | 'edupro' | undefined;
}

const SCOPES = ['course', 'instructor', 'organization', 'coupon', 'surface'] as const;

type Services = Pick<HttpServices, 'readModels'>;

const isManager = async ({ readModels }: Services, account: RequestAccount, organizationId: string | null): Promise<boolean> => {
  if (organizationId === null) return false;
  const standing = await standingShown(readModels, organizationId, account.accountId);
  return standing !== undefined && managesCourses(account, standing);
};

const ofCourse = async (services: Services, account: RequestAccount, key: string): Promise<FiguresOf> => {
  const course = await figureCourse(services.readModels, key);
  if (course === undefined) throw notFound('course');
  const facts = { ownerId: course.instructorId, isManager: await isManager(services, account, course.organizationId) };
  if (!readsFigures(account, facts)) throw notFound('course');
  return { dimension: 'course', key };
};

const ofCoupon = async ({ readModels }: Services, account: RequestAccount, code: string): Promise<FiguresOf> => {
  const key = code.trim().toUpperCase();
  const ownerId = await couponIssuer(readModels, key);
  if (ownerId === undefined || !readsFigures(account, { ownerId, isManager: false })) throw notFound('coupon');
  return { dimension: 'coupon', key };
};

const ofOrganization = async (services: Services, account: RequestAccount, key: string): Promise<FiguresOf> => {
  if (!readsFigures(account, { ownerId: null, isManager: await isManager(services, account, key) })) throw forbidden('Figures of an organization are for those who manage its courses.');
  return { dimension: 'organization', key };
};

const ofInstructor = (account: RequestAccount, key: string): FiguresOf => {
  if (!readsFigures(account, { ownerId: key, isManager: false })) throw forbidden('Figures of an instructor are for that instructor.');
  return { dimension: 'instructor', key };
};

const ofAll = (account: RequestAccount, surface: AskedScope['surface']): FiguresOf => {
  if (!readsAllFigures(account)) {
    if (surface === undefined && account.role === 'instructor') return ofInstructor(account, account.accountId);
    throw forbidden('Figures of everything are for admins and auditors: name your course, organization or coupon.');
  }
  return surface === undefined ? { dimension: 'all', key: ALL } : { dimension: 'surface', key: surface };
};

/** Whose figures an account may have. Without a scope: all for admins and auditors, their own for instructors. Throws 400, 403 and 404. */
export const scopeFor = async (services: Services, account: RequestAccount, asked: AskedScope): Promise<FiguresOf> => {
  const [, second] = SCOPES.filter((name) => asked[name] !== undefined);
  if (second !== undefined) throw invalidField(second, 'can not be given with another scope: name one course, instructor, organization, coupon or surface');
  if (asked.course !== undefined) return ofCourse(services, account, asked.course);
  if (asked.coupon !== undefined) return ofCoupon(services, account, asked.coupon);
  if (asked.organization !== undefined) return ofOrganization(services, account, asked.organization);
  if (asked.instructor !== undefined) return ofInstructor(account, asked.instructor);
  return ofAll(account, asked.surface);
};

export const scopeOf = (services: Services, request: FastifyRequest, asked: AskedScope): Promise<FiguresOf> => scopeFor(services, accountOf(request), asked);
