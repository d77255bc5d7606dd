import t from 'tap';
import { MOST_PACKAGES, packageCatalogDecider as decider, type LevelOfCourse, type PackageCatalogCommand } from '../../src/domain/package-catalog/decider.js';
import type { PackageCatalogEvent, PackageType } from '../../src/domain/package-catalog/events.js';
import { given } from './decider-specification.js';

const at = '2026-01-01T00:00:00.000Z';
const created = (type: PackageType, packageId = 'p', name = 'Entry'): PackageCatalogEvent => ({ type: 'PackageCreated', data: { packageId, name, type, price: 49_000, createdAt: at } });
const added = (...courseIds: string[]): PackageCatalogEvent => ({ type: 'PackageCoursesAdded', data: { packageId: 'p', courseIds, addedAt: at } });
const create = (name: string, packageId = 'q'): PackageCatalogCommand => ({ type: 'CreatePackage', data: { packageId, name, type: 'ENTRY', price: 1, at } });
type Known = Readonly<Record<string, LevelOfCourse | null>>;
const levelsIn = (known: Known) => new Map(Object.entries(known));
const add = (courseIds: readonly string[], known: Known = {}): PackageCatalogCommand => ({ type: 'AddPackageCourses', data: { packageId: 'p', courseIds, levels: levelsIn(known), at } });
const change = (data: { name?: string; type?: PackageType; price?: number }, known: Known = {}): PackageCatalogCommand => ({ type: 'ChangePackage', data: { packageId: 'p', ...data, levels: levelsIn(known), at } });

t.test('a package is created once, with a name of its own', async () => {
  given(decider).when({ type: 'CreatePackage', data: { packageId: 'p', name: 'Entry', type: 'ENTRY', price: 49_000, at } }).then([created('ENTRY')]);
  given(decider, [created('ENTRY')]).when(create('x', 'p')).thenNothing();
  given(decider, [created('ENTRY', 'p', 'Caf\u00e9')]).when(create('Cafe\u0301')).thenRefused('package-name-taken', { name: 'Cafe\u0301' });
  given(decider, [created('ENTRY')]).when(create(' entry ')).thenRefused('package-name-taken', { name: ' entry ' });
  const deleted: PackageCatalogEvent = { type: 'PackageDeleted', data: { packageId: 'p', deletedAt: at } };
  given(decider, [created('ENTRY'), deleted]).when(create('Entry')).then([
    { type: 'PackageCreated', data: { packageId: 'q', name: 'Entry', type: 'ENTRY', price: 1, createdAt: at } },
  ]);
  const all = Array.from({ length: MOST_PACKAGES }, (_, index) => created('ENTRY', `p${index}`, `Name ${index}`));
  given(decider, all).when(create('One more')).thenRefused('too-many-packages', { most: MOST_PACKAGES });
});

t.test('a package changes what is sent and differs', async () => {
  const known = [created('ENTRY'), created('ENTRY', 'q', 'Other')];
  given(decider, known).when(change({ name: 'New', price: 0 })).then([{ type: 'PackageChanged', data: { packageId: 'p', name: 'New', price: 0, changedAt: at } }]);
  given(decider, known).when(change({ name: 'Entry', type: 'ENTRY' })).thenNothing();
  given(decider, known).when(change({ name: 'OTHER' })).thenRefused('package-name-taken', { name: 'OTHER' });
  given(decider, []).when(change({ price: 1 })).thenRefused('package-not-found', { packageId: 'p' });
  const renamed: PackageCatalogEvent = { type: 'PackageChanged', data: { packageId: 'p', name: 'New', changedAt: at } };
  given(decider, [...known, renamed]).when(create('Entry', 'r')).then([{ type: 'PackageCreated', data: { packageId: 'r', name: 'Entry', type: 'ENTRY', price: 1, createdAt: at } }]);
});

t.test('the level of each course is that of the package', async () => {
  given(decider, [created('ENTRY')]).when(add(['c'], { c: 'ENTRY' })).then([added('c')]);
  given(decider, [created('ENTRY')]).when(add(['c'], { c: 'INTERMEDIATE' })).thenRefused('package-level-differs', { courseId: 'c', level: 'INTERMEDIATE', type: 'ENTRY' });
  given(decider, [created('ENTRY'), added('c')]).when(change({ type: 'INTERMEDIATE' }, { c: 'ENTRY' })).thenRefused('package-level-differs', { courseId: 'c', level: 'ENTRY', type: 'INTERMEDIATE' });
  given(decider, [created('ENTRY')]).when(add(['constructor'])).thenRefused('package-level-differs', { courseId: 'constructor', level: 'null', type: 'ENTRY' });
  const toIntermediate: PackageCatalogEvent = { type: 'PackageChanged', data: { packageId: 'p', type: 'INTERMEDIATE', changedAt: at } };
  given(decider, [created('ENTRY'), added('c')]).when(change({ type: 'INTERMEDIATE' }, { c: null })).then([toIntermediate]);
  given(decider, [created('ENTRY'), added('c')]).when(change({ type: 'BUNDLE' })).then([{ type: 'PackageChanged', data: { packageId: 'p', type: 'BUNDLE', changedAt: at } }]);
});

t.test('a bundle takes two courses at a time of any level, another package one, and each once', async () => {
  given(decider, [created('BUNDLE')]).when(add(['c', 'd'], { c: 'ENTRY', d: 'INTERMEDIATE' })).then([added('c', 'd')]);
  given(decider, [created('BUNDLE')]).when(add(['c'])).thenRefused('package-course-count', { count: 2 });
  given(decider, [created('ENTRY')]).when(add(['c', 'd'])).thenRefused('package-course-count', { count: 1 });
  given(decider, [created('BUNDLE')]).when(add(['c', 'c'])).thenRefused('package-course-present', { courseId: 'c', count: 2 });
  given(decider, [created('BUNDLE'), added('c', 'd')]).when(add(['e', 'd'])).thenRefused('package-course-present', { courseId: 'd', count: 2 });
  const full = Array.from({ length: 100 }, (_, index) => added(`c${index}`, `d${index}`));
  given(decider, [created('BUNDLE'), ...full]).when(add(['e', 'f'])).thenRefused('too-many-package-courses', { most: 200 });
});

t.test('a course is removed, and can come back', async () => {
  const remove: PackageCatalogCommand = { type: 'RemovePackageCourse', data: { packageId: 'p', courseId: 'c', at } };
  const removed: PackageCatalogEvent = { type: 'PackageCourseRemoved', data: { packageId: 'p', courseId: 'c', removedAt: at } };
  given(decider, [created('ENTRY'), added('c')]).when(remove).then([removed]);
  given(decider, [created('ENTRY')]).when(remove).thenRefused('package-course-absent', { courseId: 'c' });
  given(decider, [created('ENTRY'), added('c'), removed]).when(add(['c'], { c: 'ENTRY' })).then([added('c')]);
  given(decider, [created('ENTRY')]).when({ type: 'DeletePackage', data: { packageId: 'p', at } }).then([{ type: 'PackageDeleted', data: { packageId: 'p', deletedAt: at } }]);
});
