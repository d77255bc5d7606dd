import { projection, rule } from '../kernel/projection.js';
import { packages, type PackageDocument } from './document.js';

const packageOf = ({ data }: { readonly data: { readonly packageId: string } }): string => data.packageId;

/** A change of a package that is there. */
const changed =
  <E>(change: (event: E, offered: PackageDocument) => Partial<PackageDocument>) =>
  (offered: PackageDocument | undefined, event: E): PackageDocument | undefined =>
    offered && { ...offered, ...change(event, offered) };

export const packagesProjection = projection({
  name: 'packages',
  version: 1,
  collections: [packages],
  rules: [
    rule(packages, 'PackageCreated', packageOf, (_, { data: { packageId: id, name, type, price, createdAt } }) => ({
      id, name, type, price, courseIds: [], createdAt, updatedAt: createdAt,
    })),
    rule(packages, 'PackageChanged', packageOf, changed(({ data }, { name, type, price }) => ({
      name: data.name ?? name, type: data.type ?? type, price: data.price ?? price, updatedAt: data.changedAt,
    }))),
    rule(packages, 'PackageDeleted', packageOf, () => undefined),
    rule(packages, 'PackageCoursesAdded', packageOf, changed(({ data }, { courseIds }) => ({
      courseIds: [...courseIds.filter((id) => !data.courseIds.includes(id)), ...data.courseIds], updatedAt: data.addedAt,
    }))),
    rule(packages, 'PackageCourseRemoved', packageOf, changed(({ data }, { courseIds }) => ({
      courseIds: courseIds.filter((id) => id !== data.courseId), updatedAt: data.removedAt,
    }))),
  ],
});
