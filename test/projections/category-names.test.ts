import t from 'tap';
import { changeRecord } from '../../src/commands/records/change-record.js';
import { createRecord } from '../../src/commands/records/create-record.js';
import { createCourse } from '../../src/commands/courses/create-course.js';
import { changeCourse } from '../../src/commands/courses/change-course.js';
import { courseCategory } from '../../src/domain/resources/course-category.js';
import { courses } from '../../src/projections/courses/document.js';
import { coursesProjection } from '../../src/projections/courses/projection.js';
import { courseById } from '../../src/projections/courses/queries.js';
import { enrollmentsProjection } from '../../src/projections/enrollments/projection.js';
import { enrolledCourses } from '../../src/projections/enrollments/document.js';
import { contextFor } from '../fixtures/command-services.js';
import { createTestApp } from '../fixtures/test-app.js';
import { courseCreated } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const category = (name: string): Published => ['courseCategory-all', { type: 'CourseCategoryCreated', data: { recordId: 'k', ownerId: 'a', actorId: 'a', fields: { name }, createdAt: at } }];
const renamed = (name: string): Published => ['courseCategory-all', { type: 'CourseCategoryChanged', data: { recordId: 'k', ownerId: 'a', actorId: 'a', fields: { name }, changedAt: at } }];
const icon: Published = ['courseCategory-all', { type: 'CourseCategoryChanged', data: { recordId: 'k', ownerId: 'a', actorId: 'a', fields: { iconFile: 'icons/a.png' }, changedAt: at } }];
const moved = (categoryId: string | null, name: string): Published => ['course-c', { type: 'CourseDetailsChanged', data: { courseId: 'c', categoryId, category: name, changedAt: at } }];

for (const [projection, collection] of [[coursesProjection, courses], [enrollmentsProjection, enrolledCourses]] as const) {
  const shown = async (published: readonly Published[]): Promise<string | undefined> =>
    (await new Projected(projection, recorded(published)).get<{ readonly id: string; readonly category: string }>(collection, 'c'))?.category;

  t.test(`${projection.name}: a course is in its category by the name of now, whatever the event says`, async (t) => {
    const created = courseCreated('c', { categoryId: 'k', category: 'Old' });
    t.equal(await shown([category('Old'), created]), 'Old');
    t.equal(await shown([category('Old'), created, renamed('New')]), 'New');
    t.equal(await shown([category('Old'), renamed('New'), created]), 'New', 'the course was written while the category was renamed');
    t.equal(await shown([category('Old'), created, renamed('New'), icon]), 'New');
    t.equal(await shown([category('Old'), created, moved(null, 'Own'), renamed('New')]), 'Own', 'a text of its own is nobody else\'s');
    t.equal(await shown([category('Old'), courseCreated('c', { category: 'Old' }), renamed('New')]), 'Old');
    t.equal(await shown([category('Old'), courseCreated('c'), moved('k', 'Old'), renamed('New')]), 'New');
    t.equal(await shown([category('Old'), courseCreated('c'), renamed('New'), moved('k', 'Old')]), 'New');
  });
}

t.test('500 courses take the new name of their category; a replay gives the same', async (t) => {
  const app = await createTestApp({ surfaces: ['marketplace'] });
  const { commands, readModels } = app.services;
  const actor = { accountId: 'admin', role: 'admin' } as const;
  const made = await createRecord(courseCategory)(commands)({ actor, fields: { name: 'Before' } }, contextFor());
  if (!made.ok) throw new Error(made.rejection);
  const details = { title: 'x', description: 'x', category: '', categoryId: made.value.recordId, level: 'beginner', tags: [], thumbnailUrl: null } as const;
  const ids: string[] = [];
  for (let place = 0; place < 500; place += 1) {
    const instructor = { accountId: `instructor-${place % 4}`, role: 'instructor' } as const;
    const input = { ...details, actor: instructor, price: '1', published: true, organizationId: null, organizationPrivate: false, capacity: null };
    const created = await createCourse(commands)(input, contextFor());
    if (!created.ok) throw new Error(created.rejection);
    ids.push(created.value.courseId);
  }
  const [first = '', second = ''] = ids;
  await changeCourse(commands)({ actor, courseId: second, changes: { category: 'Juggling' } }, contextFor());
  await changeRecord(courseCategory)(commands)({ actor, recordId: made.value.recordId, scope: 'all', fields: { name: 'After' } }, contextFor());
  await app.caughtUp();
  t.equal((await courseById(readModels, first))?.category, 'After');
  t.equal((await courseById(readModels, second))?.category, 'Juggling');
  t.equal(await readModels.count(courses, { categoryId: made.value.recordId }), 499);
  t.same((await Promise.all(ids.map((id) => courseById(readModels, id)))).filter((course) => course?.category !== 'After').map((course) => course?.id), [second]);
  // It replays the log into other read models, and throws where a document differs.
  await app.close();
});
