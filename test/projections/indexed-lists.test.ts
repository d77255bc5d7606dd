import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document, ReadModels } from '../../src/ports/read-models.js';
import { assessmentsProjection } from '../../src/projections/assessments/projection.js';
import { assessmentsOfTeacher, availableAssessments, questionOfOption, questionsOfAssessment } from '../../src/projections/assessments/queries.js';
import { chatsProjection } from '../../src/projections/chats/projection.js';
import { chatsOf, messagesOf, threadsWrittenTo } from '../../src/projections/chats/queries.js';
import { coursesProjection } from '../../src/projections/courses/projection.js';
import { coursesOfInstructor, listedCourses, type CourseList } from '../../src/projections/courses/queries.js';
import { enrollmentsProjection } from '../../src/projections/enrollments/projection.js';
import { enrolledCourseIds, ownedCourses } from '../../src/projections/enrollments/queries.js';
import type { ProjectionDefinition } from '../../src/projections/kernel/projection.js';
import type { Place } from '../../src/projections/kernel/slice.js';
import { organizationsProjection } from '../../src/projections/organizations/projection.js';
import { joinedOrganizations, listMembers, listOrganizations, membershipsOf } from '../../src/projections/organizations/queries.js';
import { assessmentOf, choice, publishedOf, questionOf } from '../domain/assessment-examples.js';
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

const PEOPLE = 20;
const chatLog = recorded([
  ...courseIds.map((id, index): Published => courseCreated(id, { instructorId: `i${index % PEOPLE}` })),
  ...courseIds.flatMap((chatId, index): readonly Published[] => {
    const [participants, courseId] = index % 2 === 0 ? [[`p${index % PEOPLE}`, `p${(index % PEOPLE) + 1}`], null] as const : [[], chatId] as const;
    const facts = { chatId, type: courseId === null ? ('private' as const) : ('course' as const), participants: [...participants], courseId, name: null };
    return [
      [`chat-${chatId}`, { type: 'ChatOpened', data: { ...facts, opening: 1, openedBy: 'ada', openedAt: at } }],
      ...Array.from({ length: 5 }, (_, place): Published => {
        const messageId = `${chatId}.${place}`;
        const data = { messageId, chatId, opening: 1, senderId: 'ada', clientMessageId: null, text: 'Hello', sentAt: new Date(Date.UTC(2026, 1, 2, 0, index, place)).toISOString() };
        return [`chatMessage-${messageId}`, { type: 'ChatMessageSent', data }];
      }),
    ];
  }),
]);

const assessmentLog = recorded(
  courseIds.flatMap((id, index): readonly Published[] => {
    const events = [assessmentOf(id, index % 10 === 0 ? 'ada' : 'bob', index % 20 === 0 ? 'course' : null), questionOf(id, choice(`q${index}`)), publishedOf(id)];
    return events.slice(0, index % 30 === 0 ? 2 : 3).map((event): Published => [`assessment-${id}`, event]);
  }),
);

void t.test('no list reads documents that it does not show', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 10 });
  t.teardown(() => readModels.close());
  const fill = async (projection: ProjectionDefinition, events = log): Promise<Projected> => {
    const expected = new Projected(projection, events);
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
  t.same(await enrolledCourseIds(readModels, 'sam', 5), await enrolledCourseIds(expectedEnrollments, 'sam', 5));

  const expectedAssessments = await fill(assessmentsProjection, assessmentLog);
  for (const list of [
    (models: ReadModels) => assessmentsOfTeacher(models, 'ada'),
    (models: ReadModels) => assessmentsOfTeacher(models, 'ada', 'course'),
    (models: ReadModels) => availableAssessments(models, 'ada'),
    (models: ReadModels) => questionsOfAssessment(models, 'c7'),
    async (models: ReadModels) => [await questionOfOption(models, 'q8b')],
  ]) {
    const found = await list(readModels);
    t.ok(found.length > 0);
    t.same(found, await list(expectedAssessments));
  }

  const expectedChats = await fill(chatsProjection, chatLog);
  for (const reader of [{ accountId: 'p2', courseIds: ['c1', 'c3'] }, { accountId: 'i5', courseIds: [] }]) {
    const found = await chatsOf(readModels, { ...reader, isAdmin: true }, slice);
    t.ok(found.total > 2);
    t.same(found, await chatsOf(expectedChats, { ...reader, isAdmin: true }, slice));
  }
  const middle = BigInt((await messagesOf(readModels, { thread: 'c30.1', order: 'oldest', limit: 3 })).at(-1)?.position ?? 0);
  for (const range of [{ order: 'newest' }, { order: 'oldest', from: middle }, { order: 'newest', from: middle }, { order: 'oldest', from: middle, upTo: middle + 1n }] as const) {
    const asked = { thread: 'c30.1', limit: 5, ...range };
    t.same(await messagesOf(readModels, asked), await messagesOf(expectedChats, asked));
  }
  const written = { after: middle, upTo: middle + 100n, limit: 8 };
  t.same(await threadsWrittenTo(readModels, written), await threadsWrittenTo(expectedChats, written));
});
