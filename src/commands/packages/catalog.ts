import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { PACKAGE_CATALOG, type Levels, type PackageCatalogCommand, type PackageCatalogRejection } from '../../domain/package-catalog/decider.js';
import type { PackageType } from '../../domain/package-catalog/events.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { levelOfCourse, offeredPackage } from './offered-courses.js';

const decide = async <Value>({ handler }: CommandServices, command: PackageCatalogCommand, value: Value, context: CommandContext): Promise<Outcome<Value, PackageCatalogRejection>> =>
  done(await handler.handle(aggregates.packageCatalog, PACKAGE_CATALOG, command, context), value);

/** Null of a course that the academy does not offer. */
const levelsOf = async (services: CommandServices, courseIds: readonly string[]): Promise<Levels> =>
  new Map(await Promise.all(courseIds.map(async (courseId) => [courseId, (await levelOfCourse(services, courseId)) ?? null] as const)));

/** A second look: an admin may have changed the level of a course since the first one. Whoever writes second sees what the other wrote. */
const differingCourse = async (services: CommandServices, packageId: string, courseIds: readonly string[]): Promise<Refusal<'package-level-differs'> | undefined> => {
  const offered = await offeredPackage(services, packageId);
  if (offered === undefined || offered.type === 'BUNDLE') return undefined;
  for (const [courseId, level] of await levelsOf(services, courseIds)) {
    if (offered.courseIds.includes(courseId) && level !== null && level !== offered.type) return reject('package-level-differs', { courseId, level, type: offered.type });
  }
  return undefined;
};

export interface CreatePackageInput {
  readonly name: string;
  readonly type: PackageType;
  /** Whole rupiah. */
  readonly price: number;
}

export const createPackage =
  (services: CommandServices) =>
  (input: CreatePackageInput, context: CommandContext): Promise<Outcome<{ readonly packageId: string }, PackageCatalogRejection>> => {
    const packageId = uuidV5('package', context.commandId);
    const data = { ...input, name: input.name.trim(), packageId, at: services.clock.now().toISOString() };
    return decide(services, { type: 'CreatePackage', data }, { packageId }, context);
  };

export interface ChangePackageInput extends Partial<CreatePackageInput> {
  readonly packageId: string;
}

/** Another type asks for courses of its level, also of those whose level changes meanwhile: then the type is taken back. */
export const changePackage =
  (services: CommandServices) =>
  async ({ name, ...input }: ChangePackageInput, context: CommandContext): Promise<Outcome<null, PackageCatalogRejection>> => {
    const offered = await offeredPackage(services, input.packageId);
    const levels: Levels = input.type === undefined ? new Map() : await levelsOf(services, offered?.courseIds ?? []);
    const data = { ...input, ...(name === undefined ? {} : { name: name.trim() }), levels, at: services.clock.now().toISOString() };
    const changed = await decide(services, { type: 'ChangePackage', data }, null, context);
    // Only a bundle has courses of another level than the type that it is to have.
    if (!changed.ok || offered?.type !== 'BUNDLE' || input.type === undefined) return changed;
    const differs = await differingCourse(services, input.packageId, offered.courseIds);
    if (differs === undefined) return changed;
    const before = { packageId: offered.packageId, name: offered.name, type: offered.type, price: offered.price, levels: new Map(), at: data.at };
    await decide(services, { type: 'ChangePackage', data: before }, null, derivedContext(context, 'take-back'));
    return differs;
  };

export const deletePackage =
  (services: CommandServices) =>
  ({ packageId }: { readonly packageId: string }, context: CommandContext): Promise<Outcome<null, PackageCatalogRejection>> =>
    decide(services, { type: 'DeletePackage', data: { packageId, at: services.clock.now().toISOString() } }, null, context);

export interface AddPackageCoursesInput {
  readonly packageId: string;
  /** As a request names them: one of a package of a level, two of a bundle. */
  readonly courseId?: string | undefined;
  readonly courseIds?: readonly string[] | undefined;
}

export interface AddedCourses {
  readonly isBundle: boolean;
  readonly courseIds: readonly string[];
}

type AddRejection = PackageCatalogRejection | 'course-not-found';

const wanted = (type: PackageType, { courseId, courseIds }: AddPackageCoursesInput): readonly string[] | Refusal<'package-course-count'> => {
  if (type === 'BUNDLE') return courseIds?.length === 2 ? courseIds : reject('package-course-count', { count: 2 });
  return courseId === undefined || courseId === '' ? reject('package-course-count', { count: 1 }) : [courseId];
};

/** Adds a course, or a pair to a bundle. Courses that the academy does not offer are none; one whose level changes meanwhile is taken out again. */
export const addPackageCourses =
  (services: CommandServices) =>
  async (input: AddPackageCoursesInput, context: CommandContext): Promise<Outcome<AddedCourses, AddRejection>> => {
    const { packageId } = input;
    const offered = await offeredPackage(services, packageId);
    if (offered === undefined) return reject('package-not-found', { packageId });
    const courseIds = wanted(offered.type, input);
    if ('ok' in courseIds) return courseIds;
    const isBundle = offered.type === 'BUNDLE';
    const levels = await levelsOf(services, courseIds);
    const missing = courseIds.find((courseId) => levels.get(courseId) === null);
    if (missing !== undefined) return reject('course-not-found', { courseId: missing, isBundle });
    const data = { packageId, courseIds, levels, at: services.clock.now().toISOString() };
    const added = await decide(services, { type: 'AddPackageCourses', data }, { isBundle, courseIds }, context);
    const differs = added.ok ? await differingCourse(services, packageId, courseIds) : undefined;
    if (differs === undefined) return added;
    for (const courseId of courseIds) {
      await decide(services, { type: 'RemovePackageCourse', data: { packageId, courseId, at: data.at } }, null, derivedContext(context, `take-back ${courseId}`));
    }
    return differs;
  };

export const removePackageCourse =
  (services: CommandServices) =>
  (input: { readonly packageId: string; readonly courseId: string }, context: CommandContext): Promise<Outcome<null, PackageCatalogRejection>> =>
    decide(services, { type: 'RemovePackageCourse', data: { ...input, at: services.clock.now().toISOString() } }, null, context);
