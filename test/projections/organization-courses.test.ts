import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { coursesOfOrganization, type OrganizationView } from '../../src/projections/courses/organization-courses.js';
import { coursesProjection } from '../../src/projections/courses/projection.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

interface Drawn {
  readonly instructorId: string;
  readonly editor: string | null;
  readonly published: boolean;
  readonly organizationPrivate: boolean;
  readonly deleted: boolean;
  readonly termId: string | null;
  readonly day: number;
  readonly organizationId: string;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  instructorId: fc.constantFrom('ada', 'bob', 'eve'),
  editor: fc.constantFrom(null, 'ada', 'bob', 'eve'),
  published: fc.boolean(),
  organizationPrivate: fc.boolean(),
  deleted: fc.boolean(),
  termId: fc.constantFrom(null, 'spring'),
  day: fc.integer({ min: 1, max: 5 }),
  organizationId: fc.constantFrom('school', 'school', 'school', 'other'),
});

const at = '2026-02-01T10:00:00.000Z';
const idOf = (place: number): string => `c${String(place).padStart(3, '0')}`;

const eventsOf = ({ instructorId, editor, published, organizationPrivate, deleted, termId, day, organizationId }: Drawn, place: number): readonly Published[] => {
  const courseId = idOf(place);
  const on = (event: Published[1]): Published => [`course-${courseId}`, event];
  return [
    courseCreated(courseId, { instructorId, organizationId, organizationPrivate, createdAt: `2026-01-0${day}T00:00:00.000Z` }),
    ...(published ? [coursePublished(courseId)] : []),
    ...(editor === null ? [] : [on({ type: 'CourseEditorAdded', data: { courseId, editorId: editor, addedAt: at } })]),
    ...(termId === null ? [] : [on({ type: 'CourseTermAssigned', data: { courseId, termId, assignedAt: at } })]),
    ...(deleted ? [on({ type: 'CourseDeleted', data: { courseId, deletedAt: at } })] : []),
  ];
};

const storeOf = async (folder: string, log: readonly Published[]): Promise<LmdbReadModels> => {
  const readModels = await LmdbReadModels.open({ folder, strict: true, scanLimit: 20 });
  const generation = await readModels.createGeneration(coursesProjection.name, coursesProjection.version, coursesProjection.collections, new Date(0));
  const writes = Object.entries(new Projected(coursesProjection, recorded(log)).contents()).map(([key, document]: [string, Document]) => ({
    collection: key.split('/')[0] ?? '',
    id: document.id,
    document,
    position: 1n,
  }));
  await readModels.commit([{ generation, writes, checkpoint: 1n }]);
  await readModels.activate({ ...generation, checkpoint: 1n });
  return readModels;
};

interface Asked {
  readonly view: OrganizationView;
  readonly accountId: string | null;
  readonly termId: string | undefined;
  readonly instructorId: string | undefined;
  readonly published: boolean | undefined;
  readonly limit: number;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  view: fc.constantFrom<OrganizationView>('public', 'member', 'manager'),
  accountId: fc.constantFrom(null, 'ada', 'eve'),
  termId: fc.constantFrom(undefined, 'spring'),
  instructorId: fc.constantFrom(undefined, 'ada', 'bob'),
  published: fc.constantFrom(undefined, true, false),
  limit: fc.integer({ min: 1, max: 7 }),
});

/** The same in one plain sentence for each rule. */
const expected = (all: readonly Drawn[], { view, accountId, termId, instructorId, published }: Asked): readonly string[] =>
  all
    .map((course, place) => ({ ...course, id: idOf(place) }))
    .filter(({ organizationId, deleted }) => organizationId === 'school' && !deleted)
    .filter((course) => {
      const runs = accountId !== null && (course.instructorId === accountId || course.editor === accountId);
      if (runs || view === 'manager') return true;
      return course.published && (!course.organizationPrivate || view === 'member');
    })
    .filter((course) => (termId === undefined || course.termId === termId) && (instructorId === undefined || course.instructorId === instructorId))
    .filter((course) => published === undefined || course.published === published)
    .toSorted((left, right) => right.day - left.day || (left.id < right.id ? -1 : 1))
    .map(({ id }) => id);

t.test('pages of an organization show each course that the account sees once, the newest first', async (t) => {
  let folders = 0;
  await t.resolves(fc.assert(
    fc.asyncProperty(fc.array(drawn, { maxLength: 18 }), fc.array(asked, { minLength: 8, maxLength: 8 }), async (all, questions) => {
      folders += 1;
      const readModels = await storeOf(`${t.testdir()}/${folders}`, all.flatMap(eventsOf));
      try {
        for (const question of questions) {
          const wanted = expected(all, question);
          const found: string[] = [];
          for (let skip = 0; skip <= wanted.length; skip += question.limit) {
            const page = await coursesOfOrganization(readModels, { organizationId: 'school', levelId: undefined, ...question }, { skip, limit: question.limit });
            if (page.total !== wanted.length) return false;
            found.push(...page.courses.map(({ id }) => id));
          }
          if (!isDeepStrictEqual(found, wanted)) return false;
        }
        return true;
      } finally {
        await readModels.close();
      }
    }),
    { numRuns: 25 },
  ));
});
