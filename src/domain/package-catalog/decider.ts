import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { PackageCatalogEvent, PackageType } from './events.js';

/** They are listed in one piece, with all their courses. */
export const MOST_PACKAGES = 100;
export const MOST_COURSES_OF_PACKAGE = 200;
/** The one stream. */
export const PACKAGE_CATALOG = 'all';

export type LevelOfCourse = Exclude<PackageType, 'BUNDLE'>;

export interface OfferedPackage {
  readonly packageId: string;
  readonly name: string;
  readonly type: PackageType;
  /** Whole rupiah. */
  readonly price: number;
  /** In the order in which they were added; of a bundle in pairs. */
  readonly courseIds: readonly string[];
}

export interface PackageCatalog {
  readonly packages: PersistentMap<OfferedPackage>;
  /** Package ids by the name, as names are compared. */
  readonly names: PersistentMap<string>;
  readonly count: number;
}

type Changed = Readonly<{ packageId: string; at: string }>;
/** The level of each course that the package has, or is to have; null of a course that is gone, which fits anywhere. */
export type Levels = ReadonlyMap<string, LevelOfCourse | null>;

export type PackageCatalogCommand =
  | Message<'CreatePackage', Changed & Omit<OfferedPackage, 'courseIds'>>
  /** A detail that is absent stays. `levels`: of the courses, where the type changes. */
  | Message<'ChangePackage', Changed & { name?: string; type?: PackageType; price?: number; levels: Levels }>
  | Message<'DeletePackage', Changed>
  /** One course, or two of a bundle. */
  | Message<'AddPackageCourses', Changed & { courseIds: readonly string[]; levels: Levels }>
  | Message<'RemovePackageCourse', Changed & { courseId: string }>;

export type PackageCatalogRejection =
  | 'package-not-found'
  | 'package-name-taken'
  | 'too-many-packages'
  | 'too-many-package-courses'
  | 'package-course-count'
  | 'package-course-present'
  | 'package-course-absent'
  | 'package-level-differs';

type PackageDecision = Decision<PackageCatalogEvent, PackageCatalogRejection>;
type Data<Type extends PackageCatalogCommand['type']> = Extract<PackageCatalogCommand, { type: Type }>['data'];

// A person sees no difference between Unicode forms of a letter.
const nameKey = (name: string): string => name.normalize('NFC').trim().toLowerCase();

const isTaken = ({ names }: PackageCatalog, name: string, packageId: string): boolean => (names.get(nameKey(name)) ?? packageId) !== packageId;

/** Bundles hold courses of any level. */
const differingLevel = (type: PackageType, courseIds: readonly string[], levels: Levels): PackageDecision | undefined => {
  if (type === 'BUNDLE') return undefined;
  const courseId = courseIds.find((id) => levels.get(id) !== null && levels.get(id) !== type);
  return courseId === undefined ? undefined : reject('package-level-differs', { courseId, level: levels.get(courseId) ?? 'null', type });
};

const create = ({ at, ...offered }: Data<'CreatePackage'>, catalog: PackageCatalog): PackageDecision => {
  if (catalog.packages.has(offered.packageId)) return accept();
  if (isTaken(catalog, offered.name, offered.packageId)) return reject('package-name-taken', { name: offered.name });
  if (catalog.count >= MOST_PACKAGES) return reject('too-many-packages', { most: MOST_PACKAGES });
  return accept({ type: 'PackageCreated', data: { ...offered, createdAt: at } });
};

const change = ({ packageId, name, type, price, levels, at }: Data<'ChangePackage'>, found: OfferedPackage, catalog: PackageCatalog): PackageDecision => {
  if (name !== undefined && isTaken(catalog, name, packageId)) return reject('package-name-taken', { name });
  const differs = type === undefined || type === found.type ? undefined : differingLevel(type, found.courseIds, levels);
  if (differs !== undefined) return differs;
  const changes = {
    ...(name === undefined || name === found.name ? {} : { name }),
    ...(type === undefined || type === found.type ? {} : { type }),
    ...(price === undefined || price === found.price ? {} : { price }),
  };
  return Object.keys(changes).length === 0 ? accept() : accept({ type: 'PackageChanged', data: { packageId, ...changes, changedAt: at } });
};

const add = ({ packageId, courseIds, levels, at }: Data<'AddPackageCourses'>, found: OfferedPackage): PackageDecision => {
  const wanted = found.type === 'BUNDLE' ? 2 : 1;
  if (courseIds.length !== wanted) return reject('package-course-count', { count: wanted });
  const present = courseIds.find((id, index) => found.courseIds.includes(id) || courseIds.indexOf(id) !== index);
  const differs = differingLevel(found.type, courseIds, levels);
  if (differs !== undefined) return differs;
  if (present !== undefined) return reject('package-course-present', { courseId: present, count: wanted });
  if (found.courseIds.length + wanted > MOST_COURSES_OF_PACKAGE) return reject('too-many-package-courses', { most: MOST_COURSES_OF_PACKAGE });
  return accept({ type: 'PackageCoursesAdded', data: { packageId, courseIds: [...courseIds], addedAt: at } });
};

const decide = (command: PackageCatalogCommand, catalog: PackageCatalog): PackageDecision => {
  if (command.type === 'CreatePackage') return create(command.data, catalog);
  const { packageId, at } = command.data;
  const found = catalog.packages.get(packageId);
  if (found === undefined) return reject('package-not-found', { packageId });
  switch (command.type) {
    case 'ChangePackage':
      return change(command.data, found, catalog);
    case 'DeletePackage':
      return accept({ type: 'PackageDeleted', data: { packageId, deletedAt: at } });
    case 'AddPackageCourses':
      return add(command.data, found);
    case 'RemovePackageCourse': {
      const { courseId } = command.data;
      if (!found.courseIds.includes(courseId)) return reject('package-course-absent', { courseId });
      return accept({ type: 'PackageCourseRemoved', data: { packageId, courseId, removedAt: at } });
    }
  }
};

const put = (catalog: PackageCatalog, offered: OfferedPackage): PackageCatalog => {
  const before = catalog.packages.get(offered.packageId);
  const names = before === undefined ? catalog.names : catalog.names.delete(nameKey(before.name));
  return {
    packages: catalog.packages.set(offered.packageId, offered),
    names: names.set(nameKey(offered.name), offered.packageId),
    count: catalog.count + (before === undefined ? 1 : 0),
  };
};

const evolve = (catalog: PackageCatalog, { type, data }: PackageCatalogEvent): PackageCatalog => {
  if (type === 'PackageCreated') {
    const { packageId, name, price } = data;
    return put(catalog, { packageId, name, type: data.type, price, courseIds: [] });
  }
  const found = catalog.packages.get(data.packageId);
  if (found === undefined) return catalog;
  switch (type) {
    case 'PackageChanged': {
      const { name = found.name, price = found.price } = data;
      return put(catalog, { ...found, name, price, type: data.type ?? found.type });
    }
    case 'PackageDeleted':
      return { packages: catalog.packages.delete(data.packageId), names: catalog.names.delete(nameKey(found.name)), count: catalog.count - 1 };
    case 'PackageCoursesAdded':
      return put(catalog, { ...found, courseIds: [...found.courseIds, ...data.courseIds] });
    case 'PackageCourseRemoved':
      return put(catalog, { ...found, courseIds: found.courseIds.filter((id) => id !== data.courseId) });
    default:
      return unknownEvent(type, catalog);
  }
};

export const packageCatalogDecider: Decider<PackageCatalog, PackageCatalogCommand, PackageCatalogEvent, PackageCatalogRejection> = {
  initialState: () => ({ packages: emptyMap(), names: emptyMap(), count: 0 }),
  decide,
  evolve,
};
