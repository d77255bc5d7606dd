import t from 'tap';
import { courseDecider, mayEditCourse, type CourseActor, type CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';
import * as example from './course-examples.js';
import { given, stateAfter } from './decider-specification.js';

const { admin, at, capacityChanged, courseId, create, created, deleted, editor, editorAdded, owner } = example;
const { published, seatReserved, seatTaken, stranger, unpublished } = example;

const by = (actor: CourseActor) => ({ actor, at });
const publish = (actor = owner): CourseCommand => ({ type: 'PublishCourse', data: by(actor) });
const unpublish = (actor = owner): CourseCommand => ({ type: 'UnpublishCourse', data: by(actor) });
const describe = (changes: Partial<Extract<CourseCommand, { type: 'ChangeCourseDetails' }>['data']>, actor = owner): CourseCommand => {
  return { type: 'ChangeCourseDetails', data: { ...by(actor), ...changes } };
};
const reprice = (price: string, currency = 'EUR', actor = owner): CourseCommand => {
  return { type: 'RepriceCourse', data: { ...by(actor), price, currency } };
};
const show = (organizationPrivate: boolean, actor = owner): CourseCommand => {
  return { type: 'ChangeCourseVisibility', data: { ...by(actor), organizationPrivate } };
};
const limit = (capacity: number | null, actor = owner): CourseCommand => {
  return { type: 'ChangeCourseCapacity', data: { ...by(actor), capacity } };
};
const addEditor = (editorId: string, actor = owner): CourseCommand => ({ type: 'AddEditor', data: { ...by(actor), editorId } });
const removeEditor = (editorId: string, actor = owner): CourseCommand => {
  return { type: 'RemoveEditor', data: { ...by(actor), editorId } };
};
const remove = (actor = owner): CourseCommand => ({ type: 'DeleteCourse', data: by(actor) });

const detailsChanged = (changes: Partial<Extract<CourseEvent, { type: 'CourseDetailsChanged' }>['data']>): CourseEvent => {
  return { type: 'CourseDetailsChanged', data: { courseId, ...changes, changedAt: at } };
};
const repriced = (price: string): CourseEvent => {
  return { type: 'CourseRepriced', data: { courseId, price, currency: 'EUR', previousPrice: '20.00', repricedAt: at } };
};
const visibility = (organizationPrivate: boolean): CourseEvent => {
  return { type: 'CourseVisibilityChanged', data: { courseId, organizationPrivate, changedAt: at } };
};
const editorRemoved: CourseEvent = { type: 'CourseEditorRemoved', data: { courseId, editorId: 'editor', removedAt: at } };

const byOwner = (actor: CourseActor): readonly CourseCommand[] => [
  publish(actor),
  unpublish(actor),
  reprice('5.00', 'EUR', actor),
  show(true, actor),
  limit(5, actor),
  addEditor('friend', actor),
  removeEditor('editor', actor),
  remove(actor),
];

t.test('creating', async (t) => {
  t.test('a course is drawn up as a draft, or published at once', async () => {
    given(courseDecider).when(create()).then([created()]);
    given(courseDecider).when(create({ published: true })).then([created(), published]);
  });
  t.test('a course of the academy is published neither at once nor later', async () => {
    given(courseDecider).when(create({ published: true, academyQuota: 45 })).thenRefused('course-in-packages-only');
    given(courseDecider, [created({ academyQuota: 45 })]).when(publish(admin)).thenRefused('course-in-packages-only');
  });
  t.test('a course of the academy is changed by admins alone, whoever drew it up', async () => {
    for (const command of byOwner(owner)) given(courseDecider, [created({ academyQuota: 45 })]).when(command).thenRefused('not-course-owner');
    given(courseDecider, [created({ academyQuota: 45 })]).when(describe({ title: 'Mine' })).thenRefused('not-course-editor');
  });
  t.test('it is drawn up by its instructor or by an admin', async () => {
    given(courseDecider).when(create({ actor: stranger })).thenRefused('not-course-owner');
    given(courseDecider).when(create({ actor: admin })).then([created()]);
  });
  t.test('a repeat creates nothing; an id is one course', async () => {
    given(courseDecider, [created()]).when(create()).thenNothing();
    given(courseDecider, [created()]).when(create({ instructorId: 'other' })).thenRefused('course-already-exists');
    given(courseDecider, [created(), deleted]).when(create()).thenRefused('course-deleted');
  });
  t.test('a draft needs a title, and what is on sale a description and a category as well', async () => {
    given(courseDecider).when(create({ title: ' ' })).thenRefused('course-incomplete', { missing: ['title'] });
    given(courseDecider).when(create({ description: '' })).then([created({ description: '' })]);
    const empty = create({ description: '', category: '', published: true });
    given(courseDecider).when(empty).thenRefused('course-incomplete', { missing: ['description', 'category'] });
  });
  t.test('a price is not negative, and exact in its currency', async () => {
    given(courseDecider).when(create({ price: '0' })).then([created({ price: '0.00' })]);
    given(courseDecider).when(create({ price: '-1.00' })).thenRefused('amount-invalid', { problem: 'negative', currency: 'EUR' });
    given(courseDecider).when(create({ price: '1.5', currency: 'JPY' })).thenRefused('amount-invalid', { problem: 'too-precise', currency: 'JPY' });
  });
  t.test('a capacity is a positive whole number, or none', async () => {
    for (const capacity of [0, -1, 2.5]) given(courseDecider).when(create({ capacity })).thenRefused('capacity-invalid');
    given(courseDecider).when(create({ capacity: 1 })).then([created({ capacity: 1 })]);
  });
  t.test('a course that is for an organization alone has one', async () => {
    given(courseDecider).when(create({ organizationPrivate: true })).thenRefused('course-without-organization');
    const its = { organizationPrivate: true, organizationId: 'org' };
    given(courseDecider).when(create(its)).then([created(its)]);
  });
});

t.test('who may do what', async (t) => {
  t.test('nothing is done with a course that does not exist, or that was deleted', async () => {
    for (const command of [...byOwner(owner), describe({ title: 'New' })]) {
      given(courseDecider).when(command).thenRefused('course-not-found');
      given(courseDecider, [created(), published, deleted]).when(command).thenRefused('course-deleted');
    }
  });
  t.test('strangers and editors do not do what is the owner\'s', async () => {
    for (const actor of [stranger, editor]) {
      for (const command of byOwner(actor)) given(courseDecider, [created(), editorAdded]).when(command).thenRefused('not-course-owner');
    }
  });
  t.test('owner, editors and admins change the details, strangers do not', async (t) => {
    for (const actor of [owner, editor, admin]) {
      given(courseDecider, [created(), editorAdded]).when(describe({ title: 'New' }, actor)).then([detailsChanged({ title: 'New' })]);
    }
    given(courseDecider, [created(), editorAdded]).when(describe({ title: 'New' }, stranger)).thenRefused('not-course-editor');
    given(courseDecider, [created(), editorAdded, editorRemoved]).when(describe({ title: 'New' }, editor)).thenRefused('not-course-editor');
    const course = stateAfter(courseDecider, [created(), editorAdded]);
    t.strictSame([owner, editor, admin, stranger].map((actor) => course.status !== 'none' && mayEditCourse(actor, course)), [true, true, true, false]);
  });
  t.test('an admin does what the owner does', async () => {
    given(courseDecider, [created()]).when(publish(admin)).then([published]);
    given(courseDecider, [created()]).when(remove(admin)).then([deleted]);
  });
});

t.test('publishing', async (t) => {
  t.test('a draft is published once, and taken off sale once', async () => {
    given(courseDecider, [created()]).when(publish()).then([published]);
    given(courseDecider, [created(), published]).when(publish()).thenNothing();
    given(courseDecider, [created(), published]).when(unpublish()).then([unpublished]);
    given(courseDecider, [created()]).when(unpublish()).thenNothing();
  });
  t.test('what is incomplete is not published', async () => {
    given(courseDecider, [created({ category: '' })]).when(publish()).thenRefused('course-incomplete', { missing: ['category'] });
  });
  t.test('what is on sale stays complete', async () => {
    given(courseDecider, [created(), published]).when(describe({ description: '' })).thenRefused('course-incomplete', { missing: ['description'] });
    given(courseDecider, [created()]).when(describe({ description: '' })).then([detailsChanged({ description: '' })]);
    given(courseDecider, [created()]).when(describe({ title: '' })).thenRefused('course-incomplete', { missing: ['title'] });
  });
});

t.test('changing', async (t) => {
  t.test('only the details that differ are recorded', async (t) => {
    const wanted = describe({ title: 'Algebra', tags: ['rings'], thumbnailUrl: '/a.png' });
    const event = detailsChanged({ tags: ['rings'], thumbnailUrl: '/a.png' });
    given(courseDecider, [created()]).when(wanted).then([event]);
    t.match(stateAfter(courseDecider, [created(), event]), { details: { title: 'Algebra', tags: ['rings'], thumbnailUrl: '/a.png' } });
    given(courseDecider, [created(), event]).when(wanted).thenNothing();
    given(courseDecider, [created(), event]).when(describe({ thumbnailUrl: null })).then([detailsChanged({ thumbnailUrl: null })]);
    given(courseDecider, [created()]).when(describe({})).thenNothing();
  });
  t.test('a new price is recorded with the old one', async () => {
    given(courseDecider, [created()]).when(reprice('25')).then([repriced('25.00')]);
    given(courseDecider, [created()]).when(reprice('0.00')).then([repriced('0.00')]);
    given(courseDecider, [created()]).when(reprice('20')).thenNothing();
    given(courseDecider, [created()]).when(reprice('-1')).thenRefused('amount-invalid', { problem: 'negative', currency: 'EUR' });
    given(courseDecider, [created()]).when(reprice('1.001')).thenRefused('amount-invalid', { problem: 'too-precise', currency: 'EUR' });
  });
  t.test('a course keeps its currency', async () => {
    given(courseDecider, [created()]).when(reprice('25.00', 'USD')).thenRefused('currency-mismatch', { expected: 'EUR', found: 'USD' });
  });
  t.test('a course of an organization is shown to it alone, or to everyone', async () => {
    const its = created({ organizationId: 'org' });
    given(courseDecider, [its]).when(show(true)).then([visibility(true)]);
    given(courseDecider, [its, visibility(true)]).when(show(true)).thenNothing();
    given(courseDecider, [its, visibility(true)]).when(show(false)).then([visibility(false)]);
    given(courseDecider, [created()]).when(show(true)).thenRefused('course-without-organization');
  });
  t.test('pitfall 15: the capacity does not go below the seats that are sold or held', async () => {
    const history = [created({ capacity: 5 }), published, seatReserved('p1'), seatReserved('p2'), seatTaken('p2')];
    given(courseDecider, history).when(limit(1)).thenRefused('capacity-below-seats', { capacity: 1, seatsInUse: 2 });
    given(courseDecider, history).when(limit(2)).then([capacityChanged(2)]);
    given(courseDecider, history).when(limit(null)).then([capacityChanged(null)]);
    given(courseDecider, history).when(limit(5)).thenNothing();
    given(courseDecider, history).when(limit(0)).thenRefused('capacity-invalid');
  });
  t.test('an editor is added once and removed once', async () => {
    given(courseDecider, [created()]).when(addEditor('editor')).then([editorAdded]);
    given(courseDecider, [created(), editorAdded]).when(addEditor('editor')).thenNothing();
    given(courseDecider, [created(), editorAdded]).when(removeEditor('editor')).then([editorRemoved]);
    given(courseDecider, [created()]).when(removeEditor('editor')).thenNothing();
  });
  t.test('the owner is no editor, whoever asks', async () => {
    given(courseDecider, [created()]).when(addEditor('instructor')).thenRefused('owner-cannot-be-editor');
    given(courseDecider, [created()]).when(addEditor('instructor', admin)).thenRefused('owner-cannot-be-editor');
  });
  t.test('a course is deleted by its owner', async () => {
    given(courseDecider, [created(), published]).when(remove()).then([deleted]);
  });
});

t.test('a course stands in a term and a level of its organization', async (t) => {
  const inSchool = created({ organizationId: 'school' });
  const assign = (termId: string | null, actor = owner): CourseCommand => ({ type: 'AssignTerm', data: { ...by(actor), termId } });
  const grade = (levelId: string | null, actor = owner): CourseCommand => ({ type: 'AssignLevel', data: { ...by(actor), levelId } });
  const assigned = (termId: string | null): CourseEvent => ({ type: 'CourseTermAssigned', data: { courseId, termId, assignedAt: at } });
  const graded = (levelId: string | null): CourseEvent => ({ type: 'CourseLevelAssigned', data: { courseId, levelId, assignedAt: at } });
  t.test('it is assigned, assigned elsewhere and taken out; again is nothing', async () => {
    given(courseDecider, [inSchool]).when(assign('spring')).then([assigned('spring')]);
    given(courseDecider, [inSchool, assigned('spring')]).when(assign('autumn')).then([assigned('autumn')]);
    given(courseDecider, [inSchool, assigned('spring')]).when(assign('spring')).then([]);
    given(courseDecider, [inSchool, assigned('spring')]).when(assign(null)).then([assigned(null)]);
    given(courseDecider, [inSchool]).when(grade('first')).then([graded('first')]);
    given(courseDecider, [inSchool, graded('first')]).when(grade('first')).then([]);
    given(courseDecider, [inSchool, graded('first')]).when(grade(null)).then([graded(null)]);
    given(courseDecider).when(create({ organizationId: 'school', levelId: 'first', published: true })).then([inSchool, graded('first'), published]);
  });
  t.test('a course without an organization has neither', async () => {
    given(courseDecider, [created()]).when(assign('spring')).thenRefused('course-without-organization');
    given(courseDecider, [created()]).when(grade('first')).thenRefused('course-without-organization');
    given(courseDecider).when(create({ levelId: 'first' })).thenRefused('course-without-organization');
    given(courseDecider, [created()]).when(assign(null)).then([]);
  });
  t.test('who manages the courses of the organization may what the instructor may', async () => {
    const manager: CourseActor = { ...stranger, isManager: true };
    given(courseDecider, [inSchool]).when(assign('spring', manager)).then([assigned('spring')]);
    given(courseDecider, [inSchool]).when(assign('spring', stranger)).thenRefused('not-course-owner');
    given(courseDecider, [inSchool, published]).when(unpublish(manager)).then([unpublished]);
    given(courseDecider, [inSchool, editorAdded]).when(grade('first', editor)).thenRefused('not-course-owner');
  });
});
