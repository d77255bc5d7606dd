import t from 'tap';
import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { addPackageCourses, changePackage, createPackage } from '../../../src/commands/packages/catalog.js';
import { levelOfCourse, offeredPackage } from '../../../src/commands/packages/offered-courses.js';
import type { CommandContext } from '../../../src/commands/context.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { offered } from '../../fixtures/academy.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { root } from '../../fixtures/courses.js';

/** Two processes over one log. */
class SharedLog extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
}

const world = async (type: 'ENTRY' | 'BUNDLE') => {
  const log = new SharedLog();
  const nodes = [servicesOver(log), servicesOver(log)] as const;
  const courseIds = [await offered(nodes[0], 'beginner', 'Python basics'), await offered(nodes[0], 'beginner', 'More Python')];
  const created = await createPackage(nodes[0])({ name: 'A package', type, price: 1 }, contextFor());
  return { log, nodes, courseIds, packageId: created.ok ? created.value.packageId : '' };
};

/** Does it in the moment in which the stream is written for the first time. */
const meanwhile = (log: SharedLog, category: string, act: () => Promise<unknown>): void => {
  const append = log.append.bind(log);
  log.append = async (stream, ...given) => {
    if (stream.startsWith(category)) {
      log.append = append;
      await act();
    }
    return append(stream, ...given);
  };
};

const harder = (services: CommandServices, courseId: string, context: CommandContext = contextFor()) =>
  changeCourse(services)({ actor: root, courseId, changes: { level: 'intermediate', title: 'Python for all' } }, context);
const refusal = (type: string, level: string) => ({ ok: false, rejection: 'package-level-differs', details: { type, level } });

t.test('a course whose level changes while it is added is taken out again', async (t) => {
  const { log, nodes, courseIds: [courseId = ''], packageId } = await world('ENTRY');
  meanwhile(log, 'packageCatalog-', async () => t.match(await harder(nodes[1], courseId), { ok: true }));
  t.match(await addPackageCourses(nodes[0])({ packageId, courseId }, contextFor()), refusal('ENTRY', 'INTERMEDIATE'));
  t.same((await offeredPackage(nodes[1], packageId))?.courseIds, []);
  t.equal(await levelOfCourse(nodes[1], courseId), 'INTERMEDIATE');
});

t.test('a level that changes while a package takes the course is taken back, with all that came with it', async (t) => {
  const { log, nodes, courseIds: [courseId = ''], packageId } = await world('ENTRY');
  meanwhile(log, 'course-', async () => t.match(await addPackageCourses(nodes[1])({ packageId, courseId }, contextFor()), { ok: true }));
  t.match(await harder(nodes[0], courseId), refusal('ENTRY', 'INTERMEDIATE'));
  t.equal(await levelOfCourse(nodes[1], courseId), 'ENTRY');
  t.match((await nodes[1].handler.load(aggregates.course, courseId)).state, { details: { title: 'Python basics' } });
  t.same((await offeredPackage(nodes[1], packageId))?.courseIds, [courseId]);
});

t.test('a bundle that becomes a package of a level while that of a course changes stays a bundle', async (t) => {
  const { log, nodes, courseIds, packageId } = await world('BUNDLE');
  t.match(await addPackageCourses(nodes[0])({ packageId, courseIds }, contextFor()), { ok: true });
  meanwhile(log, 'packageCatalog-', async () => t.match(await harder(nodes[1], courseIds[1] ?? ''), { ok: true }));
  t.match(await changePackage(nodes[0])({ packageId, type: 'ENTRY', name: 'All of it', price: 5 }, contextFor()), refusal('ENTRY', 'INTERMEDIATE'));
  t.match(await offeredPackage(nodes[1], packageId), { type: 'BUNDLE', name: 'A package', price: 1 });
});

t.test('a change of level that died before its second look is taken back when it is repeated', async (t) => {
  const { log, nodes, courseIds: [courseId = ''], packageId } = await world('ENTRY');
  const context = contextFor();
  const append = log.append.bind(log);
  meanwhile(log, 'course-', async () => {
    await addPackageCourses(nodes[1])({ packageId, courseId }, contextFor());
    log.append = (stream, ...given) => (stream.startsWith('course-') ? Promise.reject(new Error('the process dies')) : append(stream, ...given));
  });
  await t.rejects(harder(nodes[0], courseId, context), { message: 'the process dies' });
  log.append = append;
  t.equal(await levelOfCourse(nodes[1], courseId), 'INTERMEDIATE');
  t.match(await harder(nodes[1], courseId, context), refusal('ENTRY', 'INTERMEDIATE'));
  t.equal(await levelOfCourse(nodes[1], courseId), 'ENTRY');
});

t.test('100 of each at once leave no package with a course of another level', async (t) => {
  const { nodes, courseIds: [courseId = ''], packageId } = await world('ENTRY');
  const acts = Array.from({ length: 100 }, (_, n) => {
    const services = nodes[n % 2] ?? nodes[0];
    return n % 4 < 2 ? harder(services, courseId) : addPackageCourses(services)({ packageId, courseId }, contextFor());
  });
  await Promise.all(acts);
  const level = await levelOfCourse(nodes[0], courseId);
  const found = await offeredPackage(nodes[0], packageId);
  t.ok(found?.courseIds.length === 0 || level === 'ENTRY');
});
