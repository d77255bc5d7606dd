import t from 'tap';
import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { createCourse } from '../../../src/commands/courses/create-course.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { MOST_COURSES } from '../../../src/domain/shelf/decider.js';
import { newWorld, twoNodes, type World } from '../../fixtures/accounts.js';
import { contextFor } from '../../fixtures/command-services.js';
import { ada, bob, newCourse } from '../../fixtures/courses.js';

const create = (services: CommandServices, changes: Partial<typeof newCourse> = {}, context = contextFor()) =>
  createCourse(services)({ ...newCourse, ...changes }, context);

/** Leaves the instructor this many places. */
const leaving = async ({ services }: World, places: number): Promise<void> => {
  const { handler, clock } = services;
  const data = (courseId: string) => ({ instructorId: ada.accountId, courseId, at: clock.now().toISOString() });
  await Promise.all(
    Array.from({ length: MOST_COURSES - places }, (_, place) =>
      handler.handle(aggregates.shelf, ada.accountId, { type: 'TakeCoursePlace', data: data(`earlier-${place}`) }, contextFor()),
    ),
  );
};

const tooMany = { ok: false, rejection: 'too-many-courses' };

t.test('issue 9.6: of 200 courses at once, on two nodes, as many are created as there are places', async (t) => {
  const [one, other] = twoNodes();
  await leaving(one, 7);
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, place) => create(place % 2 === 0 ? one.services : other.services)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 7);
  t.equal(outcomes.filter((outcome) => !outcome.ok && outcome.rejection === 'too-many-courses').length, 193);
  let created = 0;
  for await (const { type } of one.store.readAll()) created += type === 'CourseCreated' ? 1 : 0;
  t.equal(created, 7);
  t.match(await create(one.services, { actor: bob }), { ok: true }, 'others have their own');
});

t.test('issue 9.6: published, unpublished and changed courses count alike; a deleted one frees its place', async (t) => {
  const world = newWorld();
  const { services } = world;
  await leaving(world, 2);
  const context = contextFor();
  const first = await create(services, { published: false }, context);
  if (!first.ok) throw new Error(first.rejection);
  const { courseId } = first.value;
  t.match(await create(services), { ok: true });
  t.match(await create(services), tooMany);
  t.match(await changeCourse(services)({ actor: ada, courseId, changes: { published: true } }, contextFor()), { ok: true });
  t.match(await create(services), tooMany);
  t.match(await create(services, { published: false }, context), { ok: true, value: { courseId } }, 'a repeat is answered as it was');
  t.match(await deleteCourse(services)({ actor: bob, courseId }, contextFor()), { ok: false });
  t.match(await create(services), tooMany, 'a deletion that is refused frees nothing');
  t.match(await deleteCourse(services)({ actor: ada, courseId }, contextFor()), { ok: true });
  t.match(await create(services, { published: false }, context), { ok: true, value: { courseId } }, 'also after the deletion');
  t.match(await create(services), { ok: true });
  t.match(await create(services), tooMany);
});

t.test('issue 9.6: a course that is refused takes no place', async (t) => {
  const world = newWorld();
  const { services } = world;
  await leaving(world, 1);
  t.match(await create(services, { price: '-1' }), { ok: false, rejection: 'amount-invalid' });
  t.match(await create(services), { ok: true });
});
