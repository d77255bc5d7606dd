import t from 'tap';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { createEduproApp, type Answer, type Member } from './edupro-app.js';
import { studyIn } from './study.js';

const app = await createEduproApp();
t.teardown(() => app.close());
const { commands } = app.services;
const at = '2026-03-01T12:00:00.000Z';
const ratingUrl = (id: unknown) => `/course/retrive-upadate-delete-ratings/${String(id)}/`;

const course = (of: Member, published = true) => drawnUp(commands, { actor: { accountId: of.accountId, role: 'instructor' }, title: 'Fugues', published });

const { enroll, endEnrollment, changeStanding: teach } = studyIn(app);

const teacher = await app.teacher();
const courseId = await course(teacher);
const student = await app.student(teacher, 'sam');
const other = await app.student(undefined, 'kim');
const admin = await app.member('admin');
await enroll(student, courseId);
await enroll(other, courseId);

const rate = (as: Member | null, body: object, id = courseId): Promise<Answer> => app.send(as, 'POST', `/courses/${id}/ratings/create/`, body);
const list = (id = courseId, as: Member | null = null): Promise<Answer> => app.send(as, 'GET', `/courses/${id}/list-ratings/`);
const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };

t.test('a course without ratings has an empty list', async (t) => {
  const { status, list: found } = await list();
  t.same([status, found], [200, []]);
});

t.test('a student rates a course, once', async (t) => {
  const { status, body } = await rate(student, { rating: '4', comment: ' Good\nindeed ' });
  t.equal(status, 201);
  t.match(body, { id: Number, uuid: /^[0-9a-f-]{36}$/, course: 'Fugues', student: 'Ada sam', rating: 4, comment: 'Good\nindeed', created_at: /^\d{4}-.*Z$/ });
  t.match(await rate(student, { rating: 5 }), { status: 400, body: { non_field_errors: ['You have already rated this course.'] } });
});

t.test('what is wrong with a rating is told in the words of Django REST framework', async (t) => {
  const refusals: readonly (readonly [body: object, field: string, sentence: string])[] = [
    [{}, 'rating', 'This field is required.'],
    [{ rating: 'x' }, 'rating', 'A valid integer is required.'],
    [{ rating: 2.5 }, 'rating', 'A valid integer is required.'],
    [{ rating: 0 }, 'rating', 'Ensure this value is greater than or equal to 1.'],
    [{ rating: 6 }, 'rating', 'Ensure this value is less than or equal to 5.'],
    [{ rating: 3, comment: null }, 'comment', 'This field may not be null.'],
    [{ rating: 3, comment: 'x'.repeat(5_001) }, 'comment', 'Ensure this field has no more than 5000 characters.'],
  ];
  for (const [sent, field, sentence] of refusals) t.same((await rate(other, sent)).body, { [field]: [sentence] }, JSON.stringify(sent).slice(0, 50));
});

t.test('who may rate', async (t) => {
  const notEnrolled = { status: 403, body: { detail: 'You are not enrolled in this course.' } };
  t.equal((await rate(null, { rating: 3 })).status, 401);
  t.match(await rate(teacher, { rating: 3 }), denied);
  t.match(await rate(admin, { rating: 3 }), denied);
  const stranger = await app.student(teacher);
  t.match(await rate(stranger, { rating: 3 }), notEnrolled);
  await enroll(stranger, courseId);
  await teach('BlockStudent', teacher, stranger);
  t.match(await rate(stranger, { rating: 3 }), notEnrolled, 'blocked');
  await teach('UnblockStudent', teacher, stranger);
  t.match(await rate(stranger, { rating: 3, comment: '' }), { status: 201, body: { comment: '' } });
  t.match(await rate(other, { rating: 1 }), { status: 201, body: { comment: '' } }, 'one who never joined the teacher and has the course');
  const inPart = await app.student(teacher);
  await enroll(inPart, courseId, 'a-module');
  const { status, body } = await rate(inPart, { rating: 5 });
  t.equal(status, 201, 'one who has a module');
  await endEnrollment(inPart, courseId);
  t.match(await app.send(inPart, 'PATCH', ratingUrl(body['id']), { rating: 1 }), denied, 'one who has nothing of it any more');
  t.match(await app.send(inPart, 'DELETE', ratingUrl(body['id'])), { status: 200, body: { rating: 5 } });
  t.match(await rate(inPart, { rating: 5 }), notEnrolled);
});

t.test('a course that is not there, is not published, or is deleted, has no ratings', async (t) => {
  const draft = await course(teacher, false);
  const deleted = await course(teacher);
  await deleteCourse(commands)({ actor: { accountId: teacher.accountId, role: 'instructor' }, courseId: deleted }, contextFor());
  await app.caughtUp();
  for (const id of ['unknown', '%00', 'x'.repeat(200), draft, deleted]) {
    t.match(await list(id), nothing, id);
    t.match(await rate(student, { rating: 3 }, id), nothing, id);
  }
  t.match(await list(draft, teacher), { status: 200 });
});

t.test('ratings are listed newest first, for anybody', async (t) => {
  const { status, list: found } = await list();
  t.equal(status, 200);
  t.same(found.map(({ rating }) => rating), [1, 3, 4]);
  t.match(found.at(-1), { id: 1, student: { user: { id: student.id, first_name: 'Ada', last_name: 'sam' }, full_name: 'Ada sam' }, rating: 4, comment: 'Good\nindeed' });
  t.notMatch(JSON.stringify(found), /@|phone|username/);
  t.same((await list(courseId, other)).list, found);
  t.same((await app.send(null, 'GET', `/courses/${courseId}/list-ratings`)).list, found, 'without the slash, too');
});

t.test('a rating is for its owner alone, by number and by UUID', async (t) => {
  const { body } = await app.send(student, 'GET', ratingUrl(1));
  t.match(body, { id: 1, course: 'Fugues', student: 'Ada sam', rating: 4 });
  t.same((await app.send(student, 'GET', ratingUrl(body['uuid']))).body, body);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
    const payload = method === 'PUT' || method === 'PATCH' ? { rating: 1 } : undefined;
    for (const as of [other, teacher, admin]) t.match(await app.send(as, method, ratingUrl(1), payload), denied, `${method} ${as.username}`);
    t.equal((await app.send(null, method, ratingUrl(1), payload)).status, 401);
    for (const id of ['999', '0', '-1', 'x', '1e9', '123456789012345', '9'.repeat(100), '0199aaaa-0000-7000-8000-000000000000']) {
      t.match(await app.send(student, method, ratingUrl(id), payload), nothing, `${method} ${id}`);
    }
  }
  t.same((await app.send(student, 'GET', ratingUrl(1))).body, body, 'nobody changed it');
});

t.test('PUT and PATCH change what is sent', async (t) => {
  t.match(await app.send(student, 'PUT', ratingUrl(1), { rating: 2 }), { status: 200, body: { id: 1, rating: 2, comment: 'Good\nindeed' } });
  t.match(await app.send(student, 'PATCH', ratingUrl(1), { comment: '' }), { status: 200, body: { id: 1, rating: 2, comment: '' } });
  t.match(await app.send(student, 'PATCH', ratingUrl(1), {}), { status: 200, body: { rating: 2 } });
  t.match(await app.send(student, 'PATCH', ratingUrl(1), { rating: 9 }), { status: 400, body: { rating: ['Ensure this value is less than or equal to 5.'] } });
  t.match((await list()).list.at(-1), { id: 1, rating: 2, comment: '' });
});

t.test('a student who is shut out sees the rating and takes it back, and does not change it', async (t) => {
  const removed = await app.student(teacher);
  await enroll(removed, courseId);
  const { body } = await rate(removed, { rating: 5 });
  await teach('RemoveStudent', teacher, removed);
  t.match(await app.send(removed, 'PATCH', ratingUrl(body['id']), { rating: 1 }), denied);
  t.match(await app.send(removed, 'GET', ratingUrl(body['id'])), { status: 200, body: { rating: 5 } });
  t.match(await app.send(removed, 'DELETE', ratingUrl(body['id'])), { status: 200, body: { rating: 5 } });
});

t.test('a deleted rating is gone, and another may be given', async (t) => {
  const before = await app.send(student, 'GET', ratingUrl(1));
  const gone = await app.send(student, 'DELETE', ratingUrl(1));
  t.same([gone.status, gone.body], [200, before.body]);
  t.match(await app.send(student, 'DELETE', ratingUrl(1)), nothing);
  t.match(await app.send(student, 'GET', ratingUrl(before.body['uuid'])), nothing);
  const again = await rate(student, { rating: 5 });
  t.equal(again.status, 201);
  t.not(again.body['id'], 1, 'a number is never used again');
  t.same((await list()).list.map(({ rating }) => rating), [5, 1, 3]);
});

t.test('of many at once one is kept', async (t) => {
  const busy = await app.student(teacher);
  await enroll(busy, courseId);
  const answers = await Promise.all(Array.from({ length: 20 }, () => rate(busy, { rating: 3 })));
  t.same(answers.map(({ status }) => status).toSorted(), [201, ...Array<number>(19).fill(400)]);
});

t.test('of a deleted account the stars stay, and nothing that tells who it was', async (t) => {
  const leaving = await app.student(teacher, 'leaving');
  await enroll(leaving, courseId);
  await rate(leaving, { rating: 2, comment: 'I am Ada leaving' });
  await commands.handler.handle(aggregates.account, leaving.accountId, { type: 'DeleteAccount', data: { accountId: leaving.accountId, at } }, contextFor());
  await app.caughtUp();
  const [newest] = (await list()).list;
  t.match(newest, { student: { user: { id: 0, first_name: '', last_name: '' }, full_name: '' }, rating: 2, comment: '' });
  t.match(await app.send(student, 'GET', ratingUrl(newest?.['id'])), denied);
});
