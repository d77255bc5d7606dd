import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { coursesProjection } from '../../src/projections/courses/projection.js';
import { coursesOfInstructor, listedCourses, type CourseList } from '../../src/projections/courses/queries.js';
import { enrollmentsProjection } from '../../src/projections/enrollments/projection.js';
import { ownedCourses } from '../../src/projections/enrollments/queries.js';
import type { ProjectionDefinition } from '../../src/projections/kernel/projection.js';
import type { Place } from '../../src/projections/kernel/slice.js';
import { organizationsProjection } from '../../src/projections/organizations/projection.js';
import { joinedOrganizations, listMembers, listOrganizations, membershipsOf } from '../../src/projections/organizations/queries.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const COURSES = 60;
const slice = { skip: 0, limit: 5 };
const at = '2026-02-01T10:00:00.000Z';
const courseIds = Array.from({ length: COURSES }, (_, index) => `c${index}`);

const log = recorded(
  courseIds.flatMap((id, index): readonly Published[] => [
    courseCreated(id, {
      category: index % 2 === 0 ? 'music' : 'maths',
      level: index % 3 === 0 ? 'beginner' : 'advanced',
      instructorId: index % 2 === 0 ? 'ada' : 'bob',
      title: index === 7 ? 'Rare pearls' : `Course ${index}`,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    }),
    ...(index % 5 === 0 ? [] : [coursePublished(id)]),
    [`enrollment-${index % 2 === 0 ? 'sam' : 'tom'}.${id}`, {
      type: 'StudentEnrolled',
      data: { studentId: index % 2 === 0 ? 'sam' : 'tom', courseId: id, enrolledAt: at },
    }],
    [`organization-o${index}`, {
      type: 'OrganizationCreated',
      data: { organizationId: `o${index}`, name: index === 9 ? 'Rare school' : `School ${index}`, description: null, founderId: 'ada', createdAt: at },
    }],
    ...([[`o${index}`, 'sam'], ['o1', `student-${index}`]] as const).map(([organizationId, userId]): Published => [`membership-${organizationId}.${userId}`, {
      type: 'MemberJoined',
      data: { organizationId, userId, roleId: index % 2 === 0 ? 'student' : 'instructor', levelId: null, termId: null, joinedAt: at },
    }]),
  ]),
);

void t.test('no list reads documents that it does not show', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 10 });
  t.teardown(() => readModels.close());
  const fill = async (projection: ProjectionDefinition): Promise<Projected> => {
    const expected = new Projected(projection, log);
    const generation = await readModels.createGeneration(projection.name, projection.version, projection.collections, new Date(0));
    const writes = Object.entries(expected.contents()).map(([key, document]: [string, Document]) => {
      return { collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n };
    });
    await readModels.commit([{ generation, writes, checkpoint: 1n }]);
    await readModels.activate({ ...generation, checkpoint: 1n });
    return expected;
  };

  const expectedCourses = await fill(coursesProjection);
  for (const search of [{}, { category: 'music' }, { level: 'advanced' }, { category: 'maths', level: 'beginner' }, { search: 'PEARLS rare' }] as const) {
    t.same(await listedCourses(readModels, search, slice), await listedCourses(expectedCourses, search, slice), JSON.stringify(search));
  }
  for (const shown of [{ organizationId: null }, { organizationId: 'school' }, 'all'] as const) {
    t.same(await coursesOfInstructor(readModels, 'ada', shown, slice), await coursesOfInstructor(expectedCourses, 'ada', shown, slice), JSON.stringify(shown));
  }
  const walked: string[] = [];
  let place: Place | null = null;
  do {
    const { courses, next }: CourseList = await coursesOfInstructor(readModels, 'ada', { organizationId: 'school' }, { ...slice, ...(place === null ? {} : { after: place }) });
    walked.push(...courses.map(({ id }) => id));
    place = next;
  } while (place !== null);
  t.same(walked, (await coursesOfInstructor(expectedCourses, 'ada', { organizationId: 'school' }, { skip: 0, limit: COURSES })).courses.map(({ id }) => id));
  const expectedOrganizations = await fill(organizationsProjection);
  for (const search of [{}, { search: 'rare' }]) {
    t.same(await listOrganizations(readModels, { ...slice, ...search }), await listOrganizations(expectedOrganizations, { ...slice, ...search }));
  }
  for (const query of [{ status: 'active' }, { status: 'left' }, { status: 'active', roleId: 'instructor' }] as const) {
    const asked = { organizationId: 'o1', ...query, ...slice };
    t.same(await listMembers(readModels, asked), await listMembers(expectedOrganizations, asked), JSON.stringify(query));
  }
  const own = { userId: 'sam', status: 'active', ...slice } as const;
  t.same(await membershipsOf(readModels, own), await membershipsOf(expectedOrganizations, own));
  t.equal((await joinedOrganizations(readModels, 'sam', 5)).length, 5);
  const expectedEnrollments = await fill(enrollmentsProjection);
  t.same((await ownedCourses(readModels, 'sam', slice)).total, (await ownedCourses(expectedEnrollments, 'sam', slice)).total);
  t.same((await ownedCourses(readModels, 'sam', slice)).owned.length, slice.limit);
});
