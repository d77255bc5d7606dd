import t from 'tap';
import { createSchool } from './school.js';
import type { Member } from './edupro-app.js';

const app = await createSchool();
t.teardown(() => app.close());

const teacher = await app.teacher();
const otherTeacher = await app.teacher();
const admin = await app.member('admin');
const student = await app.student(teacher);

const revenue = (as: Member | null) => app.send(as, 'GET', '/teacher/revenue/');
const coupons = async (price: string, count: number): Promise<readonly unknown[]> =>
  (await app.send(teacher, 'POST', '/coupon/create/', { number_of_coupons: count, price })).list.map(({ code }) => code);
const enroll = (as: Member, courseId: string, code: unknown) => app.send(as, 'POST', '/course/course-enrollment/', { course_id: courseId, coupon_code: code });

t.test('1.22 the revenue is the sum of the prices of the uses, to the cent', async (t) => {
  t.match(await revenue(teacher), { status: 200, body: { revenue: '0.00' } });
  const courses = [await app.course(teacher), await app.course(teacher), await app.course(teacher)];
  const moduleId = await app.module(teacher, courses[2] ?? '', 1, { price: 1 });
  const [dime, second] = await coupons('0.1', 2);
  const [twenty] = await coupons('0.2', 1);
  t.equal((await revenue(teacher)).body['revenue'], '0.00', 'a coupon that was not used is no revenue');
  t.equal((await enroll(student, courses[0] ?? '', dime)).status, 201);
  t.equal((await enroll(student, courses[1] ?? '', twenty)).status, 201);
  t.same((await revenue(teacher)).body, { revenue: '0.30' });
  t.equal((await app.send(student, 'POST', '/course/module-enrollment/', { module_id: moduleId, coupon_code: second })).status, 201);
  t.same((await revenue(teacher)).body, { revenue: '0.40' });
  t.equal((await enroll(student, courses[0] ?? '', 'NOSUCHCODE')).status, 400);
  t.equal((await app.send(student, 'DELETE', `/course/course-enrollment-delete/${courses[0] ?? ''}/`)).status, 204);
  t.same((await revenue(teacher)).body, { revenue: '0.40' }, 'a deletion gives nothing back');
  t.same((await revenue(otherTeacher)).body, { revenue: '0.00' });
});

t.test('who is no teacher is told so', async (t) => {
  for (const as of [student, admin]) t.match(await revenue(as), { status: 403, body: { error: 'You are not a teacher.' } });
  t.match(await revenue(null), { status: 401, body: { detail: 'Authentication credentials were not provided.' } });
});
