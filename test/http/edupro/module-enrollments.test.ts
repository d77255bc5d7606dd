import t from 'tap';
import { createSchool } from './school.js';
import type { Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher('ivo');
const otherTeacher = await app.teacher('eve');
const admin = await app.member('admin', 'root');
const student = await app.student(teacher, 'sam');
const stranger = await app.student(otherTeacher, 'kim');
const courseId = await app.course(teacher);
const paid = { price: '5.00' };
const moduleId = await app.module(teacher, courseId, 1, paid);

const NOBODY = '00000000-0000-4000-8000-000000000000';
const enroll = (as: Member | null, module_id: unknown, coupon_code?: unknown) => app.send(as, 'POST', '/course/module-enrollment/', { module_id, coupon_code });
const coupon = async (as: Member, changes: object = {}): Promise<string> => {
  const [made] = (await app.send(as, 'POST', '/coupon/create/', { number_of_coupons: 1, price: '9.50' })).list;
  await app.send(as, 'PATCH', `/coupon/update/${String(made?.['id'])}`, changes);
  return String(made?.['code']);
};

t.test('7.6 a coupon opens a module with its lessons, and no other', async (t) => {
  const who = await app.student(teacher);
  const other = await app.module(teacher, courseId, 2, paid);
  const [lesson, closed] = [await app.lesson(teacher, moduleId, 1), await app.lesson(teacher, other, 1)];
  t.equal((await app.send(who, 'GET', `/lessons/${lesson}/`)).status, 403);
  const { status, body } = await enroll(who, moduleId, await coupon(teacher));
  t.equal(status, 201);
  t.same(body, { id: body['id'], student: who.id, module: moduleId, status: 'active', is_active: true });
  t.equal(typeof body['id'], 'number');
  t.equal((await app.send(who, 'GET', `/lessons/${lesson}/`)).status, 200);
  t.equal((await app.send(who, 'GET', `/lessons/${closed}/`)).status, 403);
  t.match(await enroll(who, moduleId, await coupon(teacher)), { status: 400, body: { student: ['Student already enrolled in this module'] } });
});

t.test('7.6 after a module the whole course can be had, and after the course no module', async (t) => {
  const who = await app.student(teacher);
  const other = await app.module(teacher, courseId, 3, paid);
  t.equal((await enroll(who, moduleId, await coupon(teacher))).status, 201);
  t.equal((await app.send(who, 'POST', '/course/course-enrollment/', { course_id: courseId, coupon_code: await coupon(teacher) })).status, 201);
  t.match(await enroll(who, other, await coupon(teacher)), { status: 400, body: { student: ['Student already enrolled in this module'] } });
});

t.test('7.6 a free module needs no coupon and spends none', async (t) => {
  const who = await app.student(teacher);
  const free = await app.module(teacher, courseId, 4, { is_free: true });
  const code = await coupon(teacher);
  t.match(await enroll(who, free, code), { status: 201, body: { module: free, status: 'active' } });
  t.match(await enroll(who, free), { status: 400, body: { student: ['Student already enrolled in this module'] } });
  t.match(await enroll(who, moduleId, code), { status: 201 });
});

t.test('7.6 each refusal of the document', async (t) => {
  const code = await coupon(teacher);
  const used = await coupon(teacher);
  t.equal((await enroll(await app.student(teacher), moduleId, used)).status, 201);
  const hidden = await app.module(teacher, courseId, 5, { ...paid, is_published: false });
  const unpublished = await app.course(teacher);
  const inUnpublished = await app.module(teacher, unpublished, 1, paid);
  await app.publish(teacher, unpublished, false);
  const deleted = await app.course(teacher);
  const inDeleted = await app.module(teacher, deleted, 1, paid);
  await app.removeCourse(teacher, deleted);
  const blocked = await app.student(teacher);
  await app.teach('BlockStudent', teacher, blocked);
  const refusals: readonly (readonly [Member, object, object])[] = [
    [student, {}, { module_id: ['This field is required.'] }],
    [student, { module_id: 'x' }, { module_id: ['Must be a valid UUID.'] }],
    [student, { module_id: NOBODY }, { module_id: [`Invalid pk "${NOBODY}" - object does not exist.`] }],
    [student, { module_id: inDeleted, coupon_code: code }, { module_id: [`Invalid pk "${inDeleted}" - object does not exist.`] }],
    [student, { module_id: moduleId }, { coupon_code: ['Coupon code is required for paid modules.'] }],
    [student, { module_id: moduleId, coupon_code: 'NOSUCHCODE' }, { coupon: ['Invalid coupon code'] }],
    [student, { module_id: moduleId, coupon_code: await coupon(teacher, { expiration_date: '2020-01-01' }) }, { coupon: ['Coupon has expired'] }],
    [student, { module_id: moduleId, coupon_code: used }, { coupon: ['Coupon has reached its maximum uses'] }],
    [student, { module_id: moduleId, coupon_code: await coupon(teacher, { is_active: false }) }, { coupon: ['Coupon is not active'] }],
    [student, { module_id: moduleId, coupon_code: await coupon(otherTeacher) }, { coupon: ['Coupon is not valid for this module'] }],
    [student, { module_id: moduleId, coupon_code: await coupon(teacher, { status: 'disabled' }) }, { coupon: ['Coupon status does not allow enrollment'] }],
    [student, { module_id: hidden, coupon_code: code }, { module: ['Module is not published'] }],
    [student, { module_id: inUnpublished, coupon_code: code }, { module: ['Module is not published'] }],
    [stranger, { module_id: moduleId, coupon_code: code }, { user: ['You are not a student of this teacher.'] }],
    [blocked, { module_id: moduleId, coupon_code: code }, { user: ['You are not a student of this teacher.'] }],
  ];
  for (const [as, sent, body] of refusals) {
    const answer = await app.send(as, 'POST', '/course/module-enrollment/', sent);
    t.same([answer.status, answer.body], [400, body], JSON.stringify(sent));
  }
  t.equal((await enroll(student, moduleId, code)).status, 201, 'and the coupon is still good');
});

t.test('7.6 with each caller', async (t) => {
  t.match(await enroll(null, moduleId), { status: 401, body: { detail: 'Authentication credentials were not provided.' } });
  for (const as of [teacher, otherTeacher, admin]) t.match(await enroll(as, moduleId), { status: 403, body: { detail: 'You do not have permission to perform this action.' } });
});

t.test('codes can not be guessed: ten misses a minute, over both routes', async (t) => {
  const limited = await createSchool({ config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const seller = await limited.teacher();
  const rival = await limited.teacher();
  const guesser = await limited.student(seller);
  const course = await limited.course(seller);
  const module = await limited.module(seller, course, 1, paid);
  const made = async (as: Member) => String((await limited.send(as, 'POST', '/coupon/create/', { number_of_coupons: 1, price: '1' })).list[0]?.['code']);
  const [good, foreign] = [await made(seller), await made(rival)];
  const inCourse = (coupon_code?: string) => limited.send(guesser, 'POST', '/course/course-enrollment/', { course_id: course, coupon_code });
  const inModule = (coupon_code?: string) => limited.send(guesser, 'POST', '/course/module-enrollment/', { module_id: module, coupon_code });
  for (let miss = 0; miss < 5; miss += 1) {
    t.match(await inCourse(`GUESS2345${'ABCDE'[miss] ?? ''}`), { status: 400, body: { coupon: ['Invalid coupon code'] } });
    t.match(await inModule(foreign), { status: 400, body: { coupon: ['Coupon is not valid for this module'] } });
  }
  t.equal((await inCourse(good)).status, 429, 'also a good code is not taken any more');
  t.match(await inCourse(), { status: 400, body: { coupon_code: ['Coupon code is required for paid courses.'] } }, 'without a code it is no guess');
  limited.clock.advance(60_000);
  t.equal((await inCourse(good)).status, 201);
});
