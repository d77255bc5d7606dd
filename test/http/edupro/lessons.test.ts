import t from 'tap';
import { createSchool } from './school.js';
import type { Answer, Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');
const stranger = await app.student(otherTeacher, 'kim');

const unauthenticated = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const closed = { status: 403, body: { detail: "You don't have permission to access this lesson." } };
const nothing = { status: 404, body: { detail: 'Not found.' } };
const IDS = ['nothing', '00000000-0000-4000-8000-000000000000', '%F0%9F%98%80', 'a'.repeat(200)];

const create = (as: Member | null, moduleId: string, body: object) => app.send(as, 'POST', `/modules/${moduleId}/lessons/create/`, body);
const list = (as: Member | null, moduleId: string) => app.send(as, 'GET', `/modules/${moduleId}/lessons/`);
const detail = (as: Member | null, lessonId: string) => app.send(as, 'GET', `/lessons/${lessonId}/`);
const update = (as: Member | null, lessonId: string, body: object, method: 'PUT' | 'PATCH' = 'PATCH') => app.send(as, method, `/lessons/${lessonId}/update/`, body);
const remove = (as: Member | null, lessonId: string) => app.send(as, 'DELETE', `/lessons/${lessonId}/delete/`);
const orders = ({ list: found }: Answer): unknown[] => found.map(({ order, title }) => `${String(order)} ${String(title)}`);

t.test('the teacher of a course makes a lesson', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1, { title: 'Counterpoint' });
  const { status, body } = await create(teacher, moduleId, { title: ' First species ', description: 'One\nagainst one', order: '1' });
  t.equal(status, 201);
  t.match(body, { id: /^[0-9a-f-]{36}$/, title: 'First species', module: 'Counterpoint', description: 'One\nagainst one', order: 1, created_at: /^\d{4}-.*Z$/ });
  t.match(body, { is_published: false, is_free: false, duration: 0, video_url: null, document_url: null, thumbnail_url: null, vdo_cipher_video_id: null });
  const more = await create(admin, moduleId, { title: 'Second species', order: 2, is_published: 'true', is_free: true, duration: 90, vdo_cipher_video_id: 'abc' });
  t.match(more, { status: 201, body: { is_published: true, is_free: true, duration: 90, vdo_cipher_video_id: 'abc' } });
});

t.test('a lesson is refused in the words of the document', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1);
  await app.lesson(teacher, moduleId, 1);
  const refusals: readonly (readonly [object, object])[] = [
    [{ title: ' ' }, { title: ['This field may not be blank.'] }],
    [{ title: undefined, order: undefined }, { title: ['This field is required.'], order: ['This field is required.'] }],
    [{ order: 0 }, { order: ['lesson order must be greater than 0'] }],
    [{ order: 1 }, { order: ['there is already lesson in this order'] }],
    [{ order: 1.5 }, { order: ['A valid integer is required.'] }],
    [{ duration: 0 }, { duration: ['lesson duration must be greater than 0'] }],
    [{ duration: -5 }, { duration: ['lesson duration must be greater than 0'] }],
    [{ is_free: 'perhaps' }, { is_free: ['Must be a valid boolean.'] }],
    [{ description: 'a'.repeat(5_001) }, { description: ['Ensure this field has no more than 5000 characters.'] }],
    [{ video: 'lesson-videos/x.mp4' }, { video: ['The submitted data was not a file. Check the encoding type on the form.'] }],
    [{ document: 'lesson-documents/x.pdf' }, { document: ['The submitted data was not a file. Check the encoding type on the form.'] }],
    [{ thumbnail: 'lessons/x.png' }, { thumbnail: ['The submitted data was not a file. Check the encoding type on the form.'] }],
  ];
  for (const [sent, body] of refusals) {
    const answer = await create(teacher, moduleId, { title: 'Canon', order: 2, ...sent });
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent).slice(0, 80));
  }
  t.same(orders(await list(teacher, moduleId)), ['1 Lesson 1']);
});

t.test('only the teacher of the course and admins make, change and delete lessons', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  const owner = await app.student(teacher);
  await app.open(owner, courseId);
  const body = { title: 'Canon', order: 2 };
  const attempts: readonly (readonly [(as: Member | null, id: string) => Promise<Answer>, string])[] = [
    [(as, id) => create(as, id, body), moduleId],
    [(as, id) => update(as, id, { title: 'Mine' }), lessonId],
    [(as, id) => update(as, id, body, 'PUT'), lessonId],
    [remove, lessonId],
  ];
  for (const [attempt, id] of attempts) {
    t.match(await attempt(null, id), unauthenticated);
    for (const caller of [student, stranger, owner, otherTeacher]) t.match(await attempt(caller, id), denied, caller.username);
    for (const unknown of IDS) t.match(await attempt(teacher, unknown), nothing, unknown);
  }
  t.same(orders(await list(teacher, moduleId)), ['1 Lesson 1']);
  await app.removeCourse(teacher, courseId);
  for (const [attempt, id] of attempts) t.match(await attempt(teacher, id), nothing);
});

t.test('a lesson is changed in part, or as a whole', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  await app.lesson(teacher, moduleId, 2);
  t.match(await update(teacher, lessonId, { is_published: false, duration: 75 }), { status: 200, body: { id: lessonId, title: 'Lesson 1', is_published: false, duration: 75 } });
  t.match(await update(admin, lessonId, { title: 'Canon', order: 5 }, 'PUT'), { status: 200, body: { title: 'Canon', order: 5, duration: 75 } });
  t.match(await update(teacher, lessonId, {}, 'PUT'), { status: 400, body: { title: ['This field is required.'], order: ['This field is required.'] } });
  t.match(await update(teacher, lessonId, { order: 2 }), { status: 400, body: { order: ['there is already lesson in this order'] } });
  t.match(await update(teacher, lessonId, { order: 0 }), { status: 400, body: { order: ['lesson order must be greater than 0'] } });
  t.match(await update(teacher, lessonId, { duration: 0 }), { status: 400, body: { duration: ['lesson duration must be greater than 0'] } });
  t.match(await update(teacher, lessonId, { vdo_cipher_video_id: 'abc' }), { status: 200, body: { vdo_cipher_video_id: 'abc' } });
  t.match(await update(teacher, lessonId, { vdo_cipher_video_id: '' }), { status: 200, body: { vdo_cipher_video_id: null } });
  const before = (await app.events(`curriculum-${courseId}`)).length;
  t.equal((await update(teacher, lessonId, { title: 'Canon', order: 5, duration: 75 })).status, 200);
  t.equal((await app.events(`curriculum-${courseId}`)).length, before, 'nothing changed, and nothing was recorded');
});

t.test('a deleted lesson is gone', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  t.match(await remove(teacher, lessonId), { status: 200, body: { detail: 'Lesson deleted successfully.' } });
  t.match(await detail(teacher, lessonId), nothing);
  t.match(await remove(teacher, lessonId), nothing);
  t.same((await list(teacher, moduleId)).list, []);
});

/** What each caller is answered: for the list of lessons, and for the lesson. */
const seenBy = async (callers: readonly (Member | null)[], moduleId: string, lessonId: string): Promise<unknown[]> => {
  const seen: unknown[] = [];
  for (const caller of callers) seen.push([(await list(caller, moduleId)).status, (await detail(caller, lessonId)).status]);
  return seen;
};

t.test('a lesson opens for its teacher, admins, and who has the course or the module', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const otherModule = await app.module(teacher, courseId, 2);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  const hidden = await app.lesson(teacher, moduleId, 2, { is_published: false });
  const [whole, inPart, elsewhere] = [await app.student(teacher), await app.student(teacher), await app.student(teacher)];
  const buyer = await app.student();
  await app.open(whole, courseId);
  await app.open(buyer, courseId);
  await app.open(inPart, courseId, moduleId);
  await app.open(elsewhere, courseId, otherModule);
  const callers = [null, teacher, admin, whole, inPart, buyer, elsewhere, student, stranger, otherTeacher];
  const [out, yes, no] = [[401, 401], [200, 200], [404, 403]];
  t.same(await seenBy(callers, moduleId, lessonId), [out, yes, yes, yes, yes, yes, no, no, no, no]);
  t.match(await detail(student, lessonId), closed);
  t.match(await detail(elsewhere, lessonId), closed);
  t.same(orders(await list(teacher, moduleId)), ['1 Lesson 1', '2 Lesson 2']);
  t.same(orders(await list(whole, moduleId)), ['1 Lesson 1']);
  for (const caller of [whole, inPart, student, stranger, otherTeacher]) t.match(await detail(caller, hidden), nothing, caller.username);
  t.equal((await detail(teacher, hidden)).status, 200);
  t.same(await seenBy([elsewhere], otherModule, hidden), [[200, 404]], 'a module without lessons is an empty list');

  await app.publish(teacher, courseId, false);
  t.same(await seenBy(callers, moduleId, lessonId), [out, yes, yes, yes, yes, yes, [404, 404], [404, 404], [404, 404], [404, 404]]);
  await app.publish(teacher, courseId, true);
  await app.send(teacher, 'PATCH', `/modules/${moduleId}/update/`, { is_published: false });
  const none = [404, 404];
  t.same(await seenBy(callers, moduleId, lessonId), [out, yes, yes, none, none, none, none, none, none, none]);
  await app.send(teacher, 'PATCH', `/modules/${moduleId}/update/`, { is_published: true });
  await app.removeCourse(teacher, courseId);
  t.same(await seenBy(callers, moduleId, lessonId), [out, none, none, yes, yes, yes, none, none, none, none]);
});

t.test('whom the teacher shut out opens nothing, until that is undone', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1, { is_free: true });
  const lessonId = await app.lesson(teacher, moduleId, 1);
  const [whole, inPart, free] = [await app.student(teacher), await app.student(teacher), await app.student(teacher)];
  await app.open(whole, courseId);
  await app.open(inPart, courseId, moduleId);
  const callers = [whole, inPart, free];
  t.same(await seenBy(callers, moduleId, lessonId), [[200, 200], [200, 200], [200, 200]]);
  for (const caller of callers) await app.teach('BlockStudent', teacher, caller);
  t.same(await seenBy(callers, moduleId, lessonId), [[404, 403], [404, 403], [404, 403]]);
  t.match(await detail(whole, lessonId), closed);
  for (const caller of callers) await app.teach('UnblockStudent', teacher, caller);
  t.same(await seenBy(callers, moduleId, lessonId), [[200, 200], [200, 200], [200, 200]]);
  for (const caller of callers) await app.teach('RemoveStudent', teacher, caller);
  t.same(await seenBy(callers, moduleId, lessonId), [[404, 403], [404, 403], [404, 403]]);
});

t.test('a free lesson of a course on sale is open to every account, and shows where the others are', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const paid = await app.lesson(teacher, moduleId, 1, { vdo_cipher_video_id: 'paid' });
  const free = await app.lesson(teacher, moduleId, 2, { is_free: true, vdo_cipher_video_id: 'free' });
  for (const caller of [student, stranger, otherTeacher]) {
    t.match((await list(caller, moduleId)).list, [{ id: paid, vdo_cipher_video_id: null }, { id: free, vdo_cipher_video_id: 'free' }], caller.username);
    t.match(await detail(caller, free), { status: 200, body: { vdo_cipher_video_id: 'free' } });
    t.match(await detail(caller, paid), closed);
  }
  t.match(await detail(null, free), unauthenticated);
  await app.publish(teacher, courseId, false);
  t.match(await detail(student, free), nothing);
});

t.test('access that ends, ends at once', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const lessonId = await app.lesson(teacher, moduleId, 1);
  const leaver = await app.student(teacher);
  await app.open(leaver, courseId);
  t.equal((await detail(leaver, lessonId)).status, 200);
  await app.endAccess(leaver, courseId);
  t.match(await detail(leaver, lessonId), closed);
});

t.test('ids that are none are not found', async (t) => {
  for (const id of IDS) {
    t.match(await list(student, id), nothing, id);
    t.match(await detail(student, id), nothing, id);
  }
});

t.test('with move the others of the module make room', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const other = await app.module(teacher, courseId, 2);
  await app.lesson(teacher, other, 1);
  const ids = [await app.lesson(teacher, moduleId, 1), await app.lesson(teacher, moduleId, 2), await app.lesson(teacher, moduleId, 7)];
  t.match(await update(teacher, ids[2] ?? '', { order: 1, move: true }), { status: 200, body: { order: 1 } });
  t.same(orders(await list(teacher, moduleId)), ['1 Lesson 7', '2 Lesson 1', '3 Lesson 2']);
  t.match(await app.form(teacher, 'PATCH', `/lessons/${ids[2] ?? ''}/update/`, { order: '99', move: 'true', title: 'Last' }), { status: 200, body: { order: 3, title: 'Last' } });
  t.same(orders(await list(teacher, moduleId)), ['1 Lesson 1', '2 Lesson 2', '3 Last']);
  t.same(orders(await list(teacher, other)), ['1 Lesson 1']);
});

t.test('of 200 lessons for one order at once one is made', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => create(teacher, moduleId, { title: `Racer ${index}`, order: 1 })));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ status }) => status === 400).length, 199);
  t.equal((await list(teacher, moduleId)).list.length, 1);
});

t.test('a module has no more than 200 lessons, however many are made at once', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1);
  const answers = await Promise.all(Array.from({ length: 203 }, (_, index) => create(teacher, moduleId, { title: `Lesson ${index}`, order: index + 1 })));
  t.equal(answers.filter(({ status }) => status === 201).length, 200);
  t.match(answers.find(({ status }) => status !== 201), { status: 400, body: { non_field_errors: ['A module has at most 200 lessons, and a course 1000.'] } });
  t.equal((await list(teacher, moduleId)).list.length, 200);
});

t.test('moves at once leave neither gaps nor doubles', async (t) => {
  const moduleId = await app.module(teacher, await app.course(teacher), 1);
  const ids: string[] = [];
  for (let order = 1; order <= 8; order += 1) ids.push(await app.lesson(teacher, moduleId, order));
  const answers = await Promise.all(ids.flatMap((id, index) => [update(teacher, id, { order: 8 - index, move: true }), update(teacher, id, { order: 4, move: true })]));
  t.same(new Set(answers.map(({ status }) => status)), new Set([200]));
  t.same((await list(teacher, moduleId)).list.map(({ order }) => order), [1, 2, 3, 4, 5, 6, 7, 8]);
});

t.test('private details are the course with all that is in it, for its teacher and admins', async (t) => {
  const courseId = await app.course(teacher, false);
  const moduleId = await app.module(teacher, courseId, 1, { is_published: false });
  const lessonId = await app.lesson(teacher, moduleId, 1, { is_published: false, vdo_cipher_video_id: 'abc' });
  const details = (as: Member | null, id = courseId) => app.send(as, 'GET', `/course/private-deatils/${id}`);
  for (const caller of [teacher, admin]) {
    t.match(await details(caller), {
      status: 200,
      body: { id: courseId, title: 'Fugues', price: '12.50', is_published: false, modules: [{ id: moduleId, is_published: false, total_lessons: 1, total_duration: 60, lessons: [{ id: lessonId, is_published: false, vdo_cipher_video_id: 'abc' }] }] },
    });
  }
  t.match(await details(null), unauthenticated);
  for (const caller of [student, stranger, otherTeacher]) t.match(await details(caller), denied, caller.username);
  for (const id of IDS) t.match(await details(teacher, id), nothing, id);
  await app.removeCourse(teacher, courseId);
  t.match(await details(teacher), nothing);
  t.match(await details(otherTeacher), nothing);
});
