import { randomUUID } from 'node:crypto';
import t from 'tap';
import { createCourse } from '../../../src/commands/courses/create-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { newCourse } from '../../fixtures/courses.js';
import { createSchool } from './school.js';
import type { Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');
const stranger = await app.student(otherTeacher, 'kim');

const unauthenticated = { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
const denied = { status: 403, body: { detail: 'You do not have permission to perform this action.' } };
const nothing = { status: 404, body: { detail: 'Not found.' } };
const NOBODY = '00000000-0000-4000-8000-000000000000';
const MALFORMED = ['nothing', NOBODY, '%F0%9F%98%80', 'a'.repeat(200)];

const enroll = (as: Member | null, course_id: unknown, coupon_code?: unknown, headers: Record<string, string> = {}) =>
  app.send(as, 'POST', '/course/course-enrollment/', { course_id, coupon_code }, headers);
const list = (as: Member | null, teacherName = '', query = '') => app.send(as, 'GET', `/course/course-enrollment-list/${teacherName}${query}`);
const leave = (as: Member | null, courseId: string) => app.send(as, 'DELETE', `/course/course-enrollment-delete/${courseId}/`);
const expel = (as: Member | null, courseId: string, id: unknown) => app.send(as, 'DELETE', `/course/course-enrollment-delete/${courseId}/${String(id)}`);
const students = (as: Member | null, courseId: string) => app.send(as, 'GET', `/get_student-enrollments/${courseId}`);
const enrollments = (as: Member | null, courseId: string, query = '') => app.send(as, 'GET', `/teacher/courses/${courseId}/enrollments/${query}`);
const coupon = async (as: Member, changes: object = {}): Promise<string> => {
  const [made] = (await app.send(as, 'POST', '/coupon/create/', { number_of_coupons: 1, price: '9.50' })).list;
  await app.send(as, 'PATCH', `/coupon/update/${String(made?.['id'])}`, changes);
  return String(made?.['code']);
};
const withFields = async (of: Member, fields: object): Promise<string> => {
  const created = await createCourse(app.services.commands)({ ...newCourse, actor: { accountId: of.accountId, role: 'instructor' }, ...fields }, contextFor());
  if (!created.ok) throw new Error(created.rejection);
  await app.caughtUp();
  return created.value.courseId;
};
/** As the marketplace opens a course that was paid there. */
const bought = async ({ accountId: studentId }: Member, courseId: string): Promise<void> => {
  const data = { studentId, courseId, grantId: randomUUID(), source: 'payment', at: app.clock.now().toISOString() } as const;
  await app.services.commands.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  await app.caughtUp();
};
const titles = async (as: Member, teacherName = ''): Promise<unknown> => {
  const { results } = (await list(as, teacherName)).body;
  return Array.isArray(results) ? results.map(({ title }: { title: unknown }) => title) : results;
};

t.test('4.1 a coupon opens a course', async (t) => {
  const courseId = await app.course(teacher);
  const code = await coupon(teacher);
  const { status, body } = await enroll(student, courseId, ` ${code.toLowerCase()} `);
  t.equal(status, 201);
  t.match(body, { teacher: teacher.id, student: student.id, course: courseId, status: 'active', is_active: true, date: app.clock.now().toISOString() });
  t.equal(typeof body['id'], 'number');
  t.match(await enroll(student, courseId, await coupon(teacher)), { status: 400, body: { student: ['Student already has full access to this course'] } });
});

t.test('4.1 a free course needs no coupon and spends none', async (t) => {
  const courseId = await withFields(teacher, { price: '0' });
  const code = await coupon(teacher);
  t.match(await enroll(student, courseId, code), { status: 201, body: { course: courseId, status: 'active' } });
  t.match(await enroll(student, courseId), { status: 400, body: { student: ['Student already has full access to this course'] } });
  t.match(await enroll(student, await app.course(teacher), code), { status: 201 });
});

t.test('4.1 each refusal of the document', async (t) => {
  const courseId = await app.course(teacher);
  const code = await coupon(teacher);
  const used = await coupon(teacher);
  t.equal((await enroll(await app.student(teacher), courseId, used)).status, 201);
  const refusals: readonly (readonly [Member, object, object])[] = [
    [student, {}, { course_id: ['This field is required.'] }],
    [student, { course_id: '' }, { course_id: ['This field may not be blank.'] }],
    [student, { course_id: 'x' }, { course_id: ['Must be a valid UUID.'] }],
    [student, { course_id: '\u{1f600}' }, { course_id: ['Must be a valid UUID.'] }],
    [student, { course_id: NOBODY }, { course_id: [`Invalid pk "${NOBODY}" - object does not exist.`] }],
    [student, { course_id: courseId }, { coupon_code: ['Coupon code is required for paid courses.'] }],
    [student, { course_id: courseId, coupon_code: ' ' }, { coupon_code: ['Coupon code is required for paid courses.'] }],
    [student, { course_id: courseId, coupon_code: null }, { coupon_code: ['Coupon code is required for paid courses.'] }],
    [student, { course_id: courseId, coupon_code: 'a'.repeat(101) }, { coupon_code: ['Ensure this field has no more than 100 characters.'] }],
    [student, { course_id: courseId, coupon_code: 'NOSUCHCODE' }, { coupon: ['Invalid coupon code'] }],
    [student, { course_id: courseId, coupon_code: '\u{1f600}/../x' }, { coupon: ['Invalid coupon code'] }],
    [student, { course_id: courseId, coupon_code: await coupon(teacher, { expiration_date: '2020-01-01' }) }, { coupon: ['Coupon has expired'] }],
    [student, { course_id: courseId, coupon_code: used }, { coupon: ['Coupon has reached its maximum uses'] }],
    [student, { course_id: courseId, coupon_code: await coupon(teacher, { is_active: false }) }, { coupon: ['Coupon is not active'] }],
    [student, { course_id: courseId, coupon_code: await coupon(otherTeacher) }, { coupon: ['Coupon is not valid for this course'] }],
    [student, { course_id: courseId, coupon_code: await coupon(teacher, { status: 'disabled' }) }, { coupon: ['Coupon status does not allow enrollment'] }],
    [student, { course_id: await app.course(teacher, false), coupon_code: code }, { course: ['Course is not published'] }],
    [stranger, { course_id: courseId, coupon_code: code }, { user: ['You are not a student of this teacher.'] }],
  ];
  for (const [as, sent, body] of refusals) {
    const answer = await app.send(as, 'POST', '/course/course-enrollment/', sent);
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent).slice(0, 120));
  }
  t.equal((await enroll(student, courseId, code)).status, 201, 'and the coupon is still good');
});

t.test('4.1 a course with seats can be full, and nothing is spent for it', async (t) => {
  const courseId = await withFields(teacher, { capacity: 1 });
  const code = await coupon(teacher, { max_uses: 2 });
  const other = await app.student(teacher);
  t.equal((await enroll(student, courseId, code)).status, 201);
  t.match(await enroll(other, courseId, code), { status: 400, body: { course: ['Course is full'] } });
  t.equal((await leave(student, courseId)).status, 204);
  t.equal((await enroll(other, courseId, code)).status, 201);
});

t.test('4.1 20 requests of one student at once: one is answered with the enrollment', async (t) => {
  const courseId = await app.course(teacher);
  const code = await coupon(teacher, { max_uses: 20 });
  const who = await app.student(teacher);
  const answers = await Promise.all(Array.from({ length: 20 }, () => enroll(who, courseId, code)));
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.ok(answers.every(({ status }) => status === 201 || status === 400));
  const { results } = (await app.send(teacher, 'GET', '/coupon/list/')).body;
  t.match(results, [{ code, used_count: 1 }]);
});

t.test('4.1 a repeat by Idempotency-Key is answered alike', async (t) => {
  const courseId = await app.course(teacher);
  const code = await coupon(teacher);
  const headers = { 'idempotency-key': randomUUID() };
  const who = await app.student(teacher);
  const first = await enroll(who, courseId, code, headers);
  t.equal(first.status, 201);
  t.same((await enroll(who, courseId, code, headers)).body, first.body);
});

t.test('4.2 the courses that a student has, the newest first', async (t) => {
  const who = await app.student(teacher);
  const [first, second] = [await withFields(teacher, { title: 'First' }), await withFields(otherTeacher, { title: 'Second' })];
  t.same((await list(who)).body, { count: 0, next: null, previous: null, results: [] });
  await bought(who, first);
  app.clock.advance(1_000);
  await bought(who, second);
  t.same(await titles(who), ['Second', 'First']);
  t.same(await titles(who, 'ivo'), ['First']);
  t.same(await titles(who, 'eve'), ['Second'], 'also of a teacher whom the student never joined');
  t.same((await list(who, 'ivo')).body, { count: 1, next: null, previous: null, results: [(await app.send(who, 'GET', `/course/course-detail/${first}`)).body] }, 'as courses are listed');
  t.match((await list(who, '', '?page_size=1')).body, { count: 2, next: 'http://localhost/api/v1/course/course-enrollment-list/?page_size=1&page=2', results: [{ title: 'Second' }] });
  t.match(await list(who, '', '?page=2'), { status: 404, body: { detail: 'Invalid page.' } });
  t.match(await list(who, 'nobody'), nothing);
  t.match(await list(who, 'kim'), nothing, 'a student is no teacher');
});

t.test('4.2 a course of which the student has a module is listed, too', async (t) => {
  const who = await app.student(teacher);
  const courseId = await withFields(teacher, { title: 'In part' });
  await app.open(who, courseId, await app.module(teacher, courseId, 1));
  t.same(await titles(who), ['In part']);
  t.equal((await leave(who, courseId)).status, 204);
  t.same(await titles(who), []);
});

t.test('4.2 what is not published, or deleted, is not listed', async (t) => {
  const who = await app.student(teacher);
  const [hidden, deleted] = [await app.course(teacher), await app.course(teacher)];
  await app.open(who, hidden);
  await app.open(who, deleted);
  await app.publish(teacher, hidden, false);
  await app.removeCourse(teacher, deleted);
  t.same(await titles(who), []);
  t.same(await titles(who, 'ivo'), []);
  await app.publish(teacher, hidden, true);
  t.equal((await list(who)).body['count'], 1);
});

t.test('blocked, unblocked, removed: at once', async (t) => {
  const who = await app.student(teacher);
  const courseId = await withFields(teacher, { title: 'Blocked' });
  const other = await app.course(teacher);
  await app.open(who, courseId);
  const shutOut = async (): Promise<void> => {
    t.same([await titles(who), await titles(who, 'ivo')], [[], []]);
    t.match(await enroll(who, other, await coupon(teacher)), { status: 400, body: { user: ['You are not a student of this teacher.'] } });
  };
  await app.teach('BlockStudent', teacher, who);
  await shutOut();
  await app.teach('UnblockStudent', teacher, who);
  t.same([await titles(who), await titles(who, 'ivo')], [['Blocked'], ['Blocked']]);
  await app.teach('RemoveStudent', teacher, who);
  await shutOut();
});

t.test('4.3 a student leaves a course, and comes back by another use', async (t) => {
  const courseId = await app.course(teacher);
  const who = await app.student(teacher);
  const code = await coupon(teacher, { max_uses: 2 });
  const first = await enroll(who, courseId, code);
  t.match(await leave(who, courseId), { status: 204 });
  t.match(await leave(who, courseId), nothing);
  t.match((await students(teacher, courseId)).list, [{ id: first.body['id'], status: 'ended', is_active: false }]);
  const again = await enroll(who, courseId, code);
  t.match(again, { status: 201, body: { id: first.body['id'], status: 'active' } });
  t.equal((await leave(who, courseId)).status, 204);
  t.match(await enroll(who, courseId, code), { status: 400, body: { coupon: ['Coupon has reached its maximum uses'] } }, 'uses are not given back');
});

t.test('4.3 a teacher ends the enrollment of a student', async (t) => {
  const courseId = await app.course(teacher);
  const other = await app.course(teacher);
  const who = await app.student(teacher);
  const { body: { id } } = await enroll(who, courseId, await coupon(teacher));
  t.match(await leave(teacher, courseId), { status: 400, body: { student_id: 'student id is required' } });
  t.match(await leave(admin, courseId), { status: 400, body: { student_id: 'student id is required' } });
  t.match(await expel(null, courseId, id), unauthenticated);
  t.match(await leave(null, courseId), unauthenticated);
  for (const as of [otherTeacher, who, stranger]) t.match(await expel(as, courseId, id), denied, as.username);
  t.match(await expel(teacher, other, id), nothing, 'it belongs to the course');
  for (const wrong of ['0', '-1', 'x', '999999', '9'.repeat(200)]) t.match(await expel(teacher, courseId, wrong), nothing);
  for (const wrong of MALFORMED) t.match(await expel(teacher, wrong, id), nothing);
  t.match(await expel(teacher, courseId, id), { status: 204 });
  t.match(await expel(teacher, courseId, id), nothing);
  t.same(await titles(who, 'ivo'), []);
  const { body: back } = await enroll(who, courseId, await coupon(teacher));
  t.match(await expel(admin, courseId, back['id']), { status: 204 });
});

t.test('3.10 and 3.11 the students of a course', async (t) => {
  const courseId = await app.course(teacher);
  const moduleId = await app.module(teacher, courseId, 1);
  const lessons = [await app.lesson(teacher, moduleId, 1), await app.lesson(teacher, moduleId, 2), await app.lesson(teacher, moduleId, 3)];
  const [ann, ben] = [await app.student(teacher, 'ann'), await app.student(teacher, 'ben')];
  t.same((await students(teacher, courseId)).list, []);
  t.equal((await enroll(ann, courseId, await coupon(teacher))).status, 201);
  app.clock.advance(1_000);
  t.equal((await app.send(ben, 'POST', '/course/module-enrollment/', { module_id: moduleId })).status, 201, 'the module is free');
  t.equal((await app.send(ann, 'PATCH', `/lessons/${lessons[0] ?? ''}/status/`, { is_completed: true })).status, 200);

  const brief = (await students(teacher, courseId)).list;
  t.match(brief, [
    { student: { user: { id: ben.id, username: 'ben' } }, access_type: 'partial', progress: '0.00' },
    { student: { user: { id: ann.id, first_name: 'Ada', last_name: 'ann', email: ann.email, username: 'ann' }, full_name: 'Ada ann' }, status: 'active', access_type: 'full', is_active: true, progress: '33.33' },
  ]);
  t.same(Object.keys(brief[0] ?? {}).toSorted(), ['access_type', 'enrollment_date', 'id', 'is_active', 'progress', 'status', 'student']);

  const { status, body } = await enrollments(teacher, courseId);
  t.equal(status, 200);
  t.match(body, { count: 2, next: null, previous: null });
  t.match(body['results'], [
    { student: { id: ben.id }, last_activity: null },
    {
      student: { id: ann.id, full_name: 'Ada ann', user: { id: ann.id, user_type: 'student', is_active: true, slug: /^ann-\d+$/ } },
      ended_date: null,
      is_completed: false,
      last_activity: app.clock.now().toISOString(),
      progress: '33.33',
    },
  ]);
  t.match((await enrollments(teacher, courseId, '?page_size=1&page=2')).body, { count: 2, results: [{ student: { id: ann.id } }] });
  await leave(ann, courseId);
  t.match((await enrollments(teacher, courseId, '?page=1')).body['results'], [{}, { status: 'ended', is_active: false, ended_date: app.clock.now().toISOString(), progress: '33.33' }]);
});

t.test('3.10 and 3.11 with each caller', async (t) => {
  const courseId = await app.course(teacher);
  await app.open(student, courseId);
  for (const look of [students, enrollments]) {
    t.match(await look(null, courseId), unauthenticated);
    for (const as of [otherTeacher, student, stranger]) t.match(await look(as, courseId), denied);
    t.equal((await look(teacher, courseId)).status, 200);
    for (const id of MALFORMED) t.match(await look(teacher, id), nothing);
    const hidden = await app.course(teacher, false);
    t.match(await look(otherTeacher, hidden), nothing, 'that it is there is a secret');
    await app.removeCourse(teacher, hidden);
    t.match(await look(teacher, hidden), nothing);
  }
  t.equal((await students(admin, courseId)).status, 200);
  t.match(await enrollments(admin, courseId), denied);
});

t.test('the students’ own routes with each caller', async (t) => {
  const courseId = await app.course(teacher);
  t.match(await enroll(null, courseId), unauthenticated);
  t.match(await list(null), unauthenticated);
  t.match(await list(null, 'ivo'), unauthenticated);
  for (const as of [teacher, otherTeacher, admin]) {
    t.match(await enroll(as, courseId), denied);
    t.match(await list(as), denied);
    t.match(await list(as, 'ivo'), denied);
  }
  for (const id of MALFORMED) t.match(await leave(student, id), nothing);
});
